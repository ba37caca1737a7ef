namespace Assay.Tables.Parquet;

/// <summary>What the values of a physical type stand for.</summary>
internal enum Meaning
{
    Boolean,
    Integer,
    Unsigned,
    Number,
    Decimal,
    Timestamp,
    Date,
    Duration,
    Text,
    Json,
    Binary,
    Uuid,
    Half,
}

/// <summary>A column as the schema of a file describes it.</summary>
internal sealed record ParquetLeaf(string Name, PhysicalType Physical, int Length, bool IsOptional, Meaning Meaning)
{
    /// <summary>Digits behind the point of a decimal.</summary>
    public int Scale { get; init; }

    /// <summary>The unit of times and durations.</summary>
    public long UnitsPerSecond { get; init; }
}
