namespace Assay;

/// <summary>How the blocks of an Avro file are compressed.</summary>
public enum AvroCompression
{
    /// <summary>Not at all: fastest, largest.</summary>
    None,

    /// <summary>Deflate at its fastest level, which every reader knows.</summary>
    Deflate,
}
