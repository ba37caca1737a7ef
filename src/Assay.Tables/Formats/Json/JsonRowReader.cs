namespace Assay.Tables;

/// <summary>
/// Adds JSON objects to a table as rows. <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c> are numbers unless their column holds other
/// text too.
/// </summary>
internal sealed class JsonRowReader
{
    private readonly TableBuilder _builder = new();

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = 512 };

    /// <summary>Adds the object whose opening brace the reader has just read.</summary>
    public void Add(ref Utf8JsonReader reader)
    {
        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = _builder.NameAt(expected) is { } known && reader.ValueTextEquals(known) ? known : reader.GetString()!;
            ColumnBuilder column = _builder.Cell(name, ref expected);
            reader.Read();
            AddValue(column, ref reader);
        }

        _builder.EndRow();
    }

    public Table Build() => TextRefinement.Refine(_builder.Build());

    private static void AddValue(ColumnBuilder column, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: column.AddNulls(1); break;
            case JsonTokenType.True: column.Add(true); break;
            case JsonTokenType.False: column.Add(false); break;
            case JsonTokenType.Number: AddNumber(column, ref reader); break;
            case JsonTokenType.String: AddText(column, ref reader); break;
            default:
                using (JsonDocument nested = JsonDocument.ParseValue(ref reader)) column.AddElement(nested.RootElement);
                break;
        }
    }

    private static void AddNumber(ColumnBuilder column, ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        if (digits.IndexOfAny("eE."u8) < 0 && reader.TryGetInt64(out long whole) && !digits.SequenceEqual("-0"u8)) column.Add(whole);
        else column.AddNumber(Encoding.UTF8.GetString(digits));
    }

    private static void AddText(ColumnBuilder column, ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("NaN"u8)) column.Add(double.NaN);
        else if (reader.ValueTextEquals("Infinity"u8)) column.Add(double.PositiveInfinity);
        else if (reader.ValueTextEquals("-Infinity"u8)) column.Add(double.NegativeInfinity);
        else column.Add(reader.GetString()!);
    }
}
