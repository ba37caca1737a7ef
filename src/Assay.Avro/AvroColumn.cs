using Assay.Tables;

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
        return _values.Exists(value => value is not null) ? Column.Of(name, _values) : Nulls(type);
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
            // A column with other texts stays readable as text.
            return Column.Of(name, texts);
        }
    }

    /// <summary>A column without any value, of the type that its schema names.</summary>
    private Column Nulls(AvroType field)
    {
        int count = _values.Count;
        return field switch
        {
            _ when _time is { Type: ColumnType.Duration } => Column.Of(name, new TimeSpan?[count]),
            _ when _time is not null => Column.Of(name, new DateTimeOffset?[count]),
            { Kind: AvroKind.Union } when Array.Find(field.Parts, p => p.Kind is not (AvroKind.Null or AvroKind.Union)) is { } branch =>
                Nulls(branch),
            { IsNested: true } => Column.OfJson(name, new string?[count]),
            { Meaning: AvroMeaning.Date or AvroMeaning.Timestamp } => Column.Of(name, new DateTimeOffset?[count]),
            { Meaning: AvroMeaning.Duration or AvroMeaning.Period } => Column.Of(name, new TimeSpan?[count]),
            { Meaning: AvroMeaning.Decimal } or { Kind: AvroKind.Float or AvroKind.Double } => Column.Of(name, new double?[count]),
            { Kind: AvroKind.Boolean } => Column.Of(name, new bool?[count]),
            { Kind: AvroKind.Int or AvroKind.Long } => Column.Of(name, new long?[count]),
            _ => Column.Of(name, new string?[count]),
        };
    }
}
