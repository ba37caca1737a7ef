using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Assay.Questions;

/// <summary>
/// Where a page ends. It belongs to the arguments it was given for, and names the last element beside its place: when runs are added
/// meanwhile, none is given twice and none is passed over.
/// </summary>
internal sealed record PageCursor(int Offset, string After = "")
{
    public const string Name = "cursor";

    private static readonly string[] Ignored = [Name, "limit"];

    /// <summary>The parameter of every tool that answers in pages.</summary>
    public static TextParameter Parameter { get; } =
        new(Name, "The next_cursor of an earlier answer to the same arguments, for what follows it", on: Tools);

    /// <summary>Null for the first page.</summary>
    /// <exception cref="AssayException">The text is no cursor, or one of another question.</exception>
    public static PageCursor? Of(QuestionCall call)
    {
        if (Parameter.Of(call) is not { } text) return null;
        if (Decode(text) is not { } parts)
            throw new AssayException($"cursor is '{Words.Cut(text, 60)}'; expected the next_cursor of an earlier answer, unchanged. "
                + "Leave it out for the first page.");
        return parts.Question == Question(call.Arguments)
            ? new PageCursor(parts.Offset, parts.After)
            : throw new AssayException("the cursor belongs to a call with other arguments; expected the arguments it was given for (only "
                + "limit may change). Leave the cursor out to begin anew.");
    }

    /// <summary>The number of elements before the page that is asked for.</summary>
    public static int From(QuestionCall call) => Of(call)?.Offset ?? 0;

    /// <summary>The cursor as the client gets it.</summary>
    public string Text(QuestionCall call) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Offset}.{After}.{Question(call.Arguments)}"));

    private static (int Offset, string After, string Question)? Decode(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        return parts.Length == 3 && int.TryParse(
            parts[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out int offset) ? (offset, parts[1], parts[2]) : null;
    }

    private static string Question(IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var text = new StringBuilder();
        foreach ((string name, JsonElement value) in arguments.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (Ignored.Contains(name) || value.ValueKind == JsonValueKind.Null) continue;
            text.Append(name).Append('=').Append(value.GetRawText()).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
