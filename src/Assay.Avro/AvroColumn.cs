using Assay.Tables;
using Avro;

namespace Assay.Avro;

/// <summary>A column that grows by the values of one field.</summary>
internal sealed class AvroColumn(string name, AvroType type, string? note)
{
    private readonly List<object?> _values = [];
    private readonly bool _isJson = note == AvroSchemaText.Json;
    private readonly (ColumnType Type, long UnitsPerSecond)? _time = TimeUnits.TryNote(note, out ColumnType time, out long units)
        ? (time, units)
        : null;

    public AvroType Type => type;

    public void Add(object? value) =>
        _values.Add(value is long number && _time is { } known ? Time(number, known.Type, known.UnitsPerSecond) : value);

    public Column Build()
    {
        if (_isJson && _values.TrueForAll(value => value is null or string)) return Json();
        return _values.Exists(value => value is not null) ? Column.Of(name, _values) : Nulls(TypeOf(type));
    }

    private static object Time(long value, ColumnType type, long unitsPerSecond)
    {
        long? ticks = TimeUnits.ToTicks(value, unitsPerSecond);
        if (type == ColumnType.Duration && ticks is { } length) return new TimeSpan(length);
        return type == ColumnType.Timestamp && TimeUnits.ToTimestamp(ticks) is { } time ? time : value;
    }

    private Column Json()
    {
        IEnumerable<string?> texts = _values.Cast<string?>();
        try
        {
            return Column.OfJson(name, texts);
        }
        catch (TableException)
        {
            // What is not JSON stays readable as what it is.
            return Column.Of(name, texts);
        }
    }

    private Column Nulls(ColumnType empty) => empty switch
    {
        ColumnType.Boolean => Column.Of(name, new bool?[_values.Count]),
        ColumnType.Int64 => Column.Of(name, new long?[_values.Count]),
        ColumnType.Double => Column.Of(name, new double?[_values.Count]),
        ColumnType.Timestamp => Column.Of(name, new DateTimeOffset?[_values.Count]),
        ColumnType.Duration => Column.Of(name, new TimeSpan?[_values.Count]),
        ColumnType.Json => Column.OfJson(name, new string?[_values.Count]),
        _ => Column.Of(name, new string?[_values.Count]),
    };

    /// <summary>The type of a column without any value.</summary>
    private ColumnType TypeOf(AvroType field) => field switch
    {
        _ when _time is { } known => known.Type,
        { Schema.Tag: Schema.Type.Union }
            when Array.Find(field.Parts, part => part.Schema.Tag is not (Schema.Type.Null or Schema.Type.Union)) is { } branch =>
            TypeOf(branch),
        { IsNested: true } => ColumnType.Json,
        { Meaning: AvroMeaning.Date or AvroMeaning.Timestamp } => ColumnType.Timestamp,
        { Meaning: AvroMeaning.Duration or AvroMeaning.Period } => ColumnType.Duration,
        { Meaning: AvroMeaning.Decimal } => ColumnType.Double,
        { Schema.Tag: Schema.Type.Boolean } => ColumnType.Boolean,
        { Schema.Tag: Schema.Type.Int or Schema.Type.Long } => ColumnType.Int64,
        { Schema.Tag: Schema.Type.Float or Schema.Type.Double } => ColumnType.Double,
        _ => ColumnType.String,
    };
}
