using System.Text.Json;

namespace Assay.Tables.Avro;

/// <summary>
/// Logical types. As the format asks, one that is unknown, or does not fit the type it stands on, is ignored. Times of unknown zone
/// (<c>local-timestamp</c>) count as UTC.
/// </summary>
internal static class AvroLogicalTypes
{
    private const long Millis = 1_000, Micros = 1_000_000, Nanos = 1_000_000_000;
    private const int PeriodSize = 12, UuidSize = 16;

    public static AvroType Apply(AvroType type, JsonElement schema)
    {
        string? word = schema.TryGetProperty("logicalType", out JsonElement logical) && logical.ValueKind == JsonValueKind.String ? logical.GetString() : null;
        return (type.Kind, word) switch
        {
            (AvroKind.Int, "date") => Of(type, AvroMeaning.Date),
            (AvroKind.Int, "time-millis") => Of(type, AvroMeaning.Duration, Millis),
            (AvroKind.Long, "time-micros") => Of(type, AvroMeaning.Duration, Micros),
            (AvroKind.Long, "timestamp-millis" or "local-timestamp-millis") => Of(type, AvroMeaning.Timestamp, Millis),
            (AvroKind.Long, "timestamp-micros" or "local-timestamp-micros") => Of(type, AvroMeaning.Timestamp, Micros),
            (AvroKind.Long, "timestamp-nanos" or "local-timestamp-nanos") => Of(type, AvroMeaning.Timestamp, Nanos),
            (AvroKind.Fixed, "duration") when type.Size == PeriodSize => Of(type, AvroMeaning.Period),
            (AvroKind.Fixed, "uuid") when type.Size == UuidSize => Of(type, AvroMeaning.Uuid),
            (AvroKind.Fixed or AvroKind.Bytes, "decimal") => Decimal(type, schema),
            _ => type,
        };
    }

    private static AvroType Of(AvroType type, AvroMeaning meaning, long unitsPerSecond = 0) =>
        new(type.Kind) { Meaning = meaning, UnitsPerSecond = unitsPerSecond, Size = type.Size };

    private static AvroType Decimal(AvroType type, JsonElement schema)
    {
        int scale = 0;
        bool isValid = !schema.TryGetProperty("scale", out JsonElement given) || (given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out scale) && scale >= 0);
        return isValid ? new AvroType(type.Kind) { Meaning = AvroMeaning.Decimal, Scale = scale, Size = type.Size } : type;
    }
}
