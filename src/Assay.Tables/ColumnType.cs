namespace Assay;

/// <summary>What the values of a <see cref="Column"/> are. Every type has nulls beside its values.</summary>
public enum ColumnType
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers from −2^63 to 2^63 − 1.</summary>
    Int64,

    /// <summary>IEEE 754 double precision. NaN and the infinities are values, not nulls.</summary>
    Double,

    /// <summary>Text, and every value that no narrower type holds without loss.</summary>
    String,

    /// <summary>A point in time with its offset from UTC, at a resolution of 100 ns. Columnar files keep the instant, in UTC.</summary>
    Timestamp,

    /// <summary>A span of time at a resolution of 100 ns.</summary>
    Duration,

    /// <summary>A nested value (array or object) as compact JSON text.</summary>
    Json,
}
