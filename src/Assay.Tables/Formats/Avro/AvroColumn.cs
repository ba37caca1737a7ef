using System.Globalization;
using System.Text.Json;

namespace Assay.Tables.Avro;

/// <summary>A column that grows by the values of one field.</summary>
internal sealed class AvroColumn(string name, AvroType type, string? assayType) : IAvroSink
{
    private readonly ColumnBuilder _column = new(name);
    private readonly bool _isJson = assayType == AvroSchemaWriter.Json;
    private readonly (ColumnType Type, long UnitsPerSecond)? _time = TimeUnits.TryNote(assayType, out ColumnType time, out long units) ? (time, units) : null;

    public AvroType Type => type;

    public void Null() => _column.AddNulls(1);

    public void Flag(bool value) => _column.Add(value);

    public void Whole(long value)
    {
        long? ticks = _time is { } known ? TimeUnits.ToTicks(value, known.UnitsPerSecond) : null;
        if (_time?.Type == ColumnType.Duration && ticks is { } length) _column.Add(new TimeSpan(length));
        else if (_time?.Type == ColumnType.Timestamp && TimeUnits.ToTimestamp(ticks) is { } time) _column.Add(time);
        else _column.Add(value);
    }

    public void Number(double value) => _column.Add(value);

    public void Text(string value)
    {
        if (_isJson) AddJson(value);
        else _column.Add(value);
    }

    public void Decimal(string digits)
    {
        if (decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && IsWhole(number, digits)) _column.AddObject(number);
        else _column.Add(digits);
    }

    public void Time(DateTimeOffset value) => _column.Add(value);

    public void Span(TimeSpan value) => _column.Add(value);

    public void Nested(string json) => _column.AddJson(json);

    public Column Build() => _column.Build(TypeOf(type));

    private void AddJson(string text)
    {
        try
        {
            _column.AddJson(JsonText.Compact(text));
        }
        catch (JsonException)
        {
            // What is not JSON stays readable as what it is.
            _column.Add(text);
        }
    }

    // A decimal of more digits than .NET holds would be rounded.
    private static bool IsWhole(decimal number, string digits) => number.ToString(CultureInfo.InvariantCulture) == digits;

    /// <summary>The type of a column without any value.</summary>
    private ColumnType TypeOf(AvroType field) => field switch
    {
        _ when _isJson => ColumnType.Json,
        _ when _time is { } known => known.Type,
        { Kind: AvroKind.Union } when field.Branches.FirstOrDefault(branch => branch.Kind is not (AvroKind.Null or AvroKind.Union)) is { } branch => TypeOf(branch),
        { Meaning: AvroMeaning.Date or AvroMeaning.Timestamp } => ColumnType.Timestamp,
        { Meaning: AvroMeaning.Duration or AvroMeaning.Period } => ColumnType.Duration,
        { Meaning: AvroMeaning.Decimal } => ColumnType.Double,
        { Kind: AvroKind.Boolean } => ColumnType.Boolean,
        { Kind: AvroKind.Int or AvroKind.Long } => ColumnType.Int64,
        { Kind: AvroKind.Float or AvroKind.Double } => ColumnType.Double,
        { Kind: AvroKind.Array or AvroKind.Map or AvroKind.Record } => ColumnType.Json,
        _ => ColumnType.String,
    };
}
