using System.Text;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>Reads the members of an object one by one with a <see cref="Utf8JsonReader"/>.</summary>
internal static class JsonMembers
{
    /// <summary>Whether the reader is at the start of an object; any other value is skipped.</summary>
    public static bool TryBegin(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    /// <summary>Moves the reader to the value of the next member; false at the end of the object.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The name of the member in UTF-8, without escapes.</param>
    public static bool TryNext(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        bool isMember = reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
        name = isMember ? Text(ref reader) : default;
        return isMember && reader.Read();
    }

    /// <summary>The name or text that a reader is at, in UTF-8; half a surrogate pair becomes U+FFFD.</summary>
    public static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescaped(ref reader) : reader.ValueSpan;

    private static byte[] Unescaped(scoped ref Utf8JsonReader reader)
    {
        try
        {
            return Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetBytes(JsonObjects.Unescaped($"\"{Encoding.UTF8.GetString(reader.ValueSpan)}\""));
        }
    }
}
