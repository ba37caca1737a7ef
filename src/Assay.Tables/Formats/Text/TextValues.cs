using System.Buffers;
using System.Buffers.Text;

namespace Assay.Tables;

/// <summary>
/// What a piece of text is besides text. A parse succeeds only where writing the value again would lose nothing that matters: digits behind
/// a leading zero (<c>007</c>), a plus sign, or a whole number that no type holds exactly stay text.
/// </summary>
internal static class TextValues
{
    /// <summary>Reads a text as a value of another type; false where it is none.</summary>
    public delegate bool Parser<T>(ReadOnlySpan<byte> text, out T value);

    private static readonly SearchValues<byte> NumberCharacters = SearchValues.Create("0123456789.eE+-"u8);

    public static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.Length == 4;
        return Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    public static bool TryInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        return IsNumeric(text) && Utf8Parser.TryParse(text, out value, out int used) && used == text.Length && !IsNegativeZero(text);
    }

    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (!IsNumeric(text)) return TryWord(text, out value);
        value = 0;
        if (text.IndexOfAny("eE."u8) < 0)
        {
            bool isWhole = Utf8Parser.TryParse(text, out long whole, out int digits) && digits == text.Length && Numbers.IsExact(whole);
            value = IsNegativeZero(text) ? -0.0 : whole;
            return isWhole;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
            && text[^1] != '.';
    }

    public static bool TryTimestamp(ReadOnlySpan<byte> text, out DateTimeOffset value) =>
        Iso8601.TryParse(text, requireTime: false, out value);

    public static bool TryTimestampWithTime(ReadOnlySpan<byte> text, out DateTimeOffset value) =>
        Iso8601.TryParse(text, requireTime: true, out value);

    public static bool TryDuration(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        if (text.Length is < 8 or > 26 || text.Count((byte)':') != 2) return false;
        Span<char> chars = stackalloc char[26];
        return Ascii.ToUtf16(text, chars, out int length) == OperationStatus.Done
               && TimeSpan.TryParseExact(chars[..length], "c", CultureInfo.InvariantCulture, out value)
               && !char.IsWhiteSpace(chars[0]) && !char.IsWhiteSpace(chars[length - 1]);
    }

    /// <summary>An array or an object; a scalar is no nested value.</summary>
    public static bool TryJson(string text, out string? compact)
    {
        compact = null;
        if (text is not (['{', .., '}'] or ['[', .., ']'])) return false;
        try
        {
            compact = JsonText.Compact(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether a reader would take the text for another type where it has no quotes.</summary>
    public static bool LooksTyped(ReadOnlySpan<byte> text) =>
        text.Length > 0 && text.Length <= 400 && (text[0] < 'A' || text[0] is (byte)'t' or (byte)'T'
        or (byte)'f' or (byte)'F' or (byte)'n' or (byte)'N' or (byte)'i' or (byte)'I')
        && (TryBoolean(text, out _) || TryInt64(text, out _) || TryDouble(text, out _)
            || TryTimestamp(text, out _) || TryDuration(text, out _));

    private static bool IsNumeric(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.Length > 0 && text[0] == '-' ? text[1..] : text;
        if (digits.Length == 0 || digits[^1] > 'e') return false;
        bool isLeadingZero = digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9';
        bool startsRight = digits[0] is >= (byte)'0' and <= (byte)'9'
            || (digits[0] == '.' && digits.Length > 1 && digits[1] is >= (byte)'0' and <= (byte)'9');
        return startsRight && !isLeadingZero && digits.IndexOfAnyExcept(NumberCharacters) < 0;
    }

    private static bool IsNegativeZero(ReadOnlySpan<byte> text) => text.SequenceEqual("-0"u8);

    private static bool TryWord(ReadOnlySpan<byte> text, out double value)
    {
        bool isNegative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> word = isNegative ? text[1..] : text;
        bool isInfinity = Ascii.EqualsIgnoreCase(word, "infinity"u8) || Ascii.EqualsIgnoreCase(word, "inf"u8);
        value = isInfinity ? (isNegative ? double.NegativeInfinity : double.PositiveInfinity) : double.NaN;
        return isInfinity || (!isNegative && Ascii.EqualsIgnoreCase(word, "nan"u8));
    }
}

/// <summary>JSON has no times: a text column all of whose values are times of one kind, as we write them, becomes such a column.</summary>
internal static class TextRefinement
{
    public static Table Refine(Table table) => new(table.Columns.Select(Refine).ToArray(), table.RowCount);

    private static Column Refine(Column column) => column.Type != ColumnType.String || column.NullCount == column.Count
        ? column
        : Try<DateTimeOffset>(column, ColumnType.Timestamp, TextValues.TryTimestampWithTime)
          ?? Try<TimeSpan>(column, ColumnType.Duration, TextValues.TryDuration)
          ?? column;

    private static TypedColumn<T>? Try<T>(Column column, ColumnType type, TextValues.Parser<T> parser)
    {
        const int Longest = 64;
        ReadOnlySpan<string?> texts = column.AsStrings();
        T[]? values = null;
        Span<byte> bytes = stackalloc byte[Longest * 3];
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text) continue;
            if (text.Length > Longest || !parser(bytes[..Encoding.UTF8.GetBytes(text, bytes)], out T value)) return null;
            values ??= new T[column.Count];
            values[i] = value;
        }

        return new TypedColumn<T>(column.Name, type, values!, column.Validity);
    }
}
