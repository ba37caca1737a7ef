namespace Assay;

/// <summary>What the index knows of a segment on disk without opening it.</summary>
internal sealed record SegmentInfo
{
    /// <summary>Name of the file in the folder of the index.</summary>
    public required string File { get; init; }

    /// <summary>Length of the file.</summary>
    public required long Bytes { get; init; }

    public required int Rows { get; init; }

    public required string? Experiment { get; init; }

    public required int Unended { get; init; }

    public required int Repeats { get; init; }

    /// <summary>The columns of the fields, in the order in which they stand in the file, behind those that every segment has.</summary>
    public required IReadOnlyList<SegmentField> Fields { get; init; }

    /// <summary>The checksum of each column, those that every segment has included.</summary>
    public required IReadOnlyList<uint> Checksums { get; init; }
}

/// <summary>The column of a field on disk.</summary>
internal sealed record SegmentField(FieldKey Key, ColumnForm Form, bool MissingIsNull);
