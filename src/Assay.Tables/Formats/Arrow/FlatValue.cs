namespace Assay.Tables.Arrow;

/// <summary>What a slot of a flatbuffer table holds. A slot that is null is left out, and readers see its default.</summary>
internal abstract record FlatValue;

/// <summary>A number of 1, 2, 4 or 8 bytes, stored in the table itself.</summary>
internal sealed record FlatNumber(long Value, int Size) : FlatValue
{
    public static FlatNumber Byte(long value) => new(value, 1);

    public static FlatNumber Int16(long value) => new(value, 2);

    public static FlatNumber Int32(long value) => new(value, 4);

    public static FlatNumber Int64(long value) => new(value, 8);
}

/// <summary>A text in UTF-8.</summary>
internal sealed record FlatText(string Text) : FlatValue;

/// <summary>A vector of structs that consist of 64-bit numbers.</summary>
internal sealed record FlatStructs(IReadOnlyList<long> Words, int WordsPerStruct) : FlatValue;

/// <summary>A vector of tables.</summary>
internal sealed record FlatNodes(IReadOnlyList<FlatNode> Items) : FlatValue;

/// <summary>A table with its slots in the order of the schema.</summary>
internal sealed record FlatNode(params IReadOnlyList<FlatValue?> Slots) : FlatValue;
