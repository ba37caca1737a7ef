using System.Buffers;
using System.Text.Json;

namespace Assay;

/// <summary>Puts the JSON value a reader stands at into a column.</summary>
internal static class CellReader
{
    public static void Value(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: field.Set(row, CellKind.Null); break;
            case JsonTokenType.False: field.Set(row, CellKind.False); break;
            case JsonTokenType.True: field.Set(row, CellKind.True); break;
            case JsonTokenType.Number: Number(field, row, ref reader); break;
            case JsonTokenType.String when !reader.ValueIsEscaped: Plain(field, row, reader.ValueSpan); break;
            case JsonTokenType.String: Text(field, row, line.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2)); break;
            default: Nested(field, row, line, ref reader); break;
        }
    }

    /// <summary>A text with escapes, given with its quotes; what UTF-8 cannot hold stays JSON.</summary>
    public static void Text(FieldBuffer field, int row, ReadOnlySpan<byte> quoted)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(quoted.Length);
        try
        {
            var reader = new Utf8JsonReader(quoted);
            reader.Read();
            Plain(field, row, scratch.AsSpan(0, reader.CopyString(scratch)));
        }
        catch (InvalidOperationException)
        {
            field.SetJson(row, quoted);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    public static bool IsEmptyList(ReadOnlySpan<byte> json) => json[1..].Trim(" \t\r\n"u8).StartsWith("]"u8);

    /// <summary>As <see cref="JsonObjects.Number"/>: a number with a point or an exponent is real, also 1.0.</summary>
    private static void Number(FieldBuffer field, int row, ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        if (digits.IndexOfAny(".eE"u8) < 0)
        {
            if (reader.TryGetInt64(out long integer)) field.Set(row, CellKind.Integer, integer);
            else field.SetJson(row, digits);
        }
        else if (IsBeyondDouble(digits))
        {
            field.SetJson(row, digits);
        }
        else
        {
            field.SetReal(row, reader.GetDouble());
        }
    }

    private static bool IsBeyondDouble(ReadOnlySpan<byte> digits)
    {
        const int MostOnStack = 64;
        Span<char> text = digits.Length <= MostOnStack ? stackalloc char[digits.Length] : new char[digits.Length];
        System.Text.Encoding.ASCII.GetChars(digits, text);
        return JsonObjects.IsBeyondDouble(text);
    }

    // Values that JSON has no numbers for come back as numbers.
    private static void Plain(FieldBuffer field, int row, ReadOnlySpan<byte> text)
    {
        if (field.Key.Place == FieldPlace.Fixed) field.SetText(row, text);
        else if (text.SequenceEqual("NaN"u8)) field.SetReal(row, double.NaN);
        else if (text.SequenceEqual("Infinity"u8)) field.SetReal(row, double.PositiveInfinity);
        else if (text.SequenceEqual("-Infinity"u8)) field.SetReal(row, double.NegativeInfinity);
        else field.SetText(row, text);
    }

    private static void Nested(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        field.SetJson(row, line[start..(int)reader.BytesConsumed]);
    }
}
