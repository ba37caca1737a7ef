namespace Assay;

/// <summary>A segment in memory: what is about to be written, or is not worth it or cannot be.</summary>
internal sealed class MemorySegment(int rows, FieldColumn[] fields) : RunSegment
{
    public override int Rows => rows;

    public byte[] IdBytes { get; } = new byte[rows * 16];

    public int[] JournalNumbers { get; } = new int[rows];

    public int[] AttemptNumbers { get; } = new int[rows];

    public byte[] StatusCodes { get; } = new byte[rows];

    public byte[] SpeakFlags { get; } = new byte[rows];

    public byte[] RepeatFlags { get; } = new byte[rows];

    public long[] Starts { get; } = new long[rows];

    public int[] LengthsOfStarts { get; } = new int[rows];

    public long[] Ends { get; } = new long[rows];

    public int[] LengthsOfEnds { get; } = new int[rows];

    public long[] StartTimes { get; } = new long[rows];

    public long[] EndTimes { get; } = new long[rows];

    public FieldColumn[] Columns => fields;

    public override ReadOnlySpan<byte> Ids => IdBytes;

    public override ReadOnlySpan<int> Journals => JournalNumbers;

    public override ReadOnlySpan<int> Attempts => AttemptNumbers;

    public override ReadOnlySpan<byte> Statuses => StatusCodes;

    public override ReadOnlySpan<byte> Speaks => SpeakFlags;

    public override ReadOnlySpan<byte> Repeated => RepeatFlags;

    public override ReadOnlySpan<long> StartOffsets => Starts;

    public override ReadOnlySpan<int> StartLengths => LengthsOfStarts;

    public override ReadOnlySpan<long> EndOffsets => Ends;

    public override ReadOnlySpan<int> EndLengths => LengthsOfEnds;

    public override IReadOnlyList<FieldKey> Fields { get; } = [.. fields.Select(f => f.Key)];

    public override int Repeats => RepeatFlags.AsSpan().Count((byte)1);

    public override long StartedAt(int row) => StartTimes[row];

    public override long EndedAt(int row) => EndTimes[row];

    public override FieldColumn? Field(FieldKey key) => PlaceOf(key) is >= 0 and int place ? fields[place] : null;
}
