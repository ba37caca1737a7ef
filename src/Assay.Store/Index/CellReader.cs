using System.Buffers;
using System.Text.Json;

namespace Assay;

/// <summary>Puts the JSON value that a reader is at into a column.</summary>
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

    /// <summary>A text with escapes, given with its quotes; text that UTF-8 cannot hold stays JSON.</summary>
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

    /// <summary>A text; nothing for any other value.</summary>
    public static void TextOrNothing(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        field.Clear(row);
        if (reader.TokenType == JsonTokenType.String) Value(field, row, line, ref reader);
        else reader.Skip();
    }

    /// <summary>A list of tags, as JSON; nothing for an empty list and for any other value.</summary>
    public static void Tags(FieldBuffer field, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        field.Clear(row);
        int start = (int)reader.TokenStartIndex;
        bool isList = reader.TokenType == JsonTokenType.StartArray;
        reader.Skip();
        ReadOnlySpan<byte> json = line[start..(int)reader.BytesConsumed];
        if (isList && !json[1..].Trim(" \t\r\n"u8).StartsWith("]"u8)) field.SetJson(row, json);
    }

    /// <summary>The members of an object, each a field; nothing for any other value.</summary>
    public static void Members(FieldSet fields, int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        fields.Begin(row);
        if (!JsonMembers.TryBegin(ref reader)) return;
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name)) Value(fields[name], row, line, ref reader);
    }

    /// <summary>A whole number of 64 bits; null for any other value, which is skipped.</summary>
    public static long? Whole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number)) return number;
        reader.Skip();
        return null;
    }

    public static void SetWhole(FieldBuffer field, int row, long? value)
    {
        if (value is { } number) field.Set(row, CellKind.Integer, number);
        else field.Clear(row);
    }

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

    // Texts stand for the numbers that JSON lacks.
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
