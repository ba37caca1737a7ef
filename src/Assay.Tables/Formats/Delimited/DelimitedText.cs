using System.Buffers;

namespace Assay.Tables;

/// <summary>Text in a delimited file: quoted where it would otherwise break the row, vanish, or read back as another type.</summary>
internal sealed class DelimitedText(char delimiter)
{
    private readonly SearchValues<char> _special = SearchValues.Create([delimiter, '"', '\r', '\n']);

    /// <summary>Column names are never taken for another type, so only what breaks the row is quoted.</summary>
    public void WriteName(Utf8Output output, string name)
    {
        if (NeedsQuotes(name)) WriteQuoted(output, name);
        else output.Write(name);
    }

    public void WriteText(Utf8Output output, string text)
    {
        if (NeedsQuotes(text) || LooksTyped(text)) WriteQuoted(output, text);
        else output.Write(text);
    }

    public static void WriteQuoted(Utf8Output output, string text)
    {
        output.Write((byte)'"');
        ReadOnlySpan<char> rest = text;
        for (int quote; (quote = rest.IndexOf('"')) >= 0; rest = rest[(quote + 1)..])
        {
            output.Write(rest[..(quote + 1)]);
            output.Write((byte)'"');
        }

        output.Write(rest);
        output.Write((byte)'"');
    }

    // A byte order mark at the start of the file would be dropped by readers.
    private bool NeedsQuotes(string text) => text.Length == 0 || text.AsSpan().ContainsAny(_special) || text[0] == '\uFEFF';

    private static bool LooksTyped(string text)
    {
        // Most text shows by its first letter that it is nothing else.
        if (text.Length > 400 || (text[0] is >= 'A' and not ('t' or 'T' or 'f' or 'F' or 'n' or 'N' or 'i' or 'I'))) return false;
        Span<byte> bytes = stackalloc byte[1200];
        return TextValues.LooksTyped(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }
}
