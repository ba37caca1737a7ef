namespace Assay.Tables.Avro;

/// <summary>The types of Avro.</summary>
internal enum AvroKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed,
    Enum,
    Array,
    Map,
    Record,
    Union,
}

/// <summary>What the values of a type stand for besides themselves.</summary>
internal enum AvroMeaning
{
    Plain,
    Date,
    Timestamp,
    Duration,
    Period,
    Decimal,
    Uuid,
}

/// <summary>A field of a record. The properties are ours, and null in files of others.</summary>
internal sealed record AvroField(string Name, AvroType Type, string? AssayName, string? AssayType);

/// <summary>A type of a schema. A class and not a record: a type may hold itself.</summary>
internal sealed class AvroType(AvroKind kind)
{
    public AvroKind Kind { get; } = kind;

    public AvroMeaning Meaning { get; init; }

    /// <summary>The unit of times and durations.</summary>
    public long UnitsPerSecond { get; init; }

    /// <summary>Digits of a decimal behind its point.</summary>
    public int Scale { get; init; }

    /// <summary>Bytes of each value of a fixed type.</summary>
    public int Size { get; init; }

    /// <summary>The names of an enum's values.</summary>
    public string[] Symbols { get; init; } = [];

    /// <summary>What an array or a map holds.</summary>
    public AvroType? Item { get; init; }

    /// <summary>What a value of a union may be.</summary>
    public AvroType[] Branches { get; init; } = [];

    /// <summary>The fields of a record; set once they are read, because they may refer to the record.</summary>
    public AvroField[] Fields { get; set; } = [];
}
