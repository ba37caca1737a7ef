namespace Assay;

/// <summary>How an Avro file is written; pass it to <see cref="AvroWriter"/>.</summary>
public sealed record AvroOptions
{
    /// <summary>How blocks are compressed. Default: <see cref="AvroCompression.Deflate"/>.</summary>
    public AvroCompression Compression { get; init; } = AvroCompression.Deflate;

    /// <summary>Rows of a block, the unit that is compressed and that readers skip. At least 1. Default: 8192.</summary>
    public int BlockSize { get; init; } = 8192;
}

/// <summary>How the blocks of an Avro file are compressed.</summary>
public enum AvroCompression
{
    /// <summary>Not at all: fastest, largest.</summary>
    None,

    /// <summary>Deflate at its fastest level, which every reader knows.</summary>
    Deflate,
}
