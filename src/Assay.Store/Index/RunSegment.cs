using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay;

/// <summary>
/// Attempts as columns, a row each, in the order they started, in memory or in a mapped file. A row may lack its start, when that line is
/// damaged, or its end, when its writer died. Spans of a mapped segment may only be used while the segment is reachable. Immutable and
/// thread-safe.
/// </summary>
/// <param name="attempts">The columns that every segment has.</param>
/// <param name="fields">The fields that any row has, in order of first appearance.</param>
/// <param name="read">Reads the column of the field at a place in <paramref name="fields"/>; called when it is first asked for.</param>
internal sealed class RunSegment(AttemptColumns attempts, IReadOnlyList<FieldKey> fields, Func<int, FieldColumn> read)
{
    private readonly FieldColumn?[] _columns = new FieldColumn?[fields.Count];
    private Dictionary<FieldKey, int>? _places;

    public int Rows => attempts.Attempts.Length;

    /// <summary>The experiment that the journals of the rows name in their first lines; null where they name none.</summary>
    public required string? Experiment { get; init; }

    /// <summary>The number of rows without an end.</summary>
    public required int Unended { get; init; }

    /// <summary>The number of rows whose id is in another row, before this one or in this segment.</summary>
    public required int Repeats { get; init; }

    public AttemptColumns Columns => attempts;

    /// <summary>The ids, 16 bytes each, the highest byte first.</summary>
    public ReadOnlySpan<byte> Ids => attempts.Ids.Span;

    public ReadOnlySpan<int> Journals => attempts.Journals.Span;

    public ReadOnlySpan<int> Attempts => attempts.Attempts.Span;

    /// <summary>Each a <see cref="RunStatus"/>; without meaning where a row lacks its end.</summary>
    public ReadOnlySpan<byte> Statuses => attempts.Statuses.Span;

    /// <summary>1 where another row, before this one or in this segment, has the same id.</summary>
    public ReadOnlySpan<byte> Repeated => attempts.Repeated.Span;

    /// <summary>Where the run_end begins; -1 for none.</summary>
    public ReadOnlySpan<long> EndOffsets => attempts.EndOffsets.Span;

    public IReadOnlyList<FieldKey> Fields => fields;

    /// <summary>When the attempt started, in ticks of UTC; when it ended, where the start is missing.</summary>
    public long StartedAt(int row) => attempts.Ticks(attempts.StartedAt.Span[row]);

    public UInt128 Id(int row) => BinaryPrimitives.ReadUInt128BigEndian(Ids.Slice(row * 16, 16));

    /// <summary>The places of a row's lines.</summary>
    public AttemptLines Lines(int row) => new(
        new AttemptKey(Id(row), Attempts[row], Journals[row]),
        attempts.StartOffsets.Span[row], attempts.StartLengths.Span[row], EndOffsets[row], attempts.EndLengths.Span[row]);

    /// <summary>What decides whether the attempt of a row counts; without meaning where the row lacks its end.</summary>
    public RunEnding Ending(int row) => new(
        attempts.Conclusive.Span[row] != 0, Attempts[row], (RunStatus)Statuses[row] == RunStatus.Success,
        attempts.Ticks(attempts.EndedAt.Span[row]));

    /// <summary>The values of a field; null when no row has it.</summary>
    public FieldColumn? Field(FieldKey key)
    {
        // Made twice at worst, with one outcome. A run may have thousands of metrics, each of which is asked for by name.
        Dictionary<FieldKey, int> places = _places ??= fields.Index().ToDictionary(f => f.Item, f => f.Index);
        return places.TryGetValue(key, out int place) ? Column(place) : null;
    }

    /// <summary>The same segment with other tags.</summary>
    public RunSegment WithTags(FieldColumn tags)
    {
        int place = fields.TakeWhile(f => f != FieldKey.Tags).Count();
        return new RunSegment(attempts, place < fields.Count ? fields : [.. fields, FieldKey.Tags], i => i == place ? tags : Column(i))
        {
            Experiment = Experiment,
            Unended = Unended,
            Repeats = Repeats,
        };
    }

    /// <summary>Calls back for each row that has one of some ids.</summary>
    public void FindIds(HashSet<UInt128> wanted, Action<int, UInt128> found)
    {
        if (wanted.Count == 0) return;
        // About one bit in sixteen is set, so nearly all rows end at the filter.
        var filter = new ulong[Math.Max(64, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(wanted.Count, 1 << 26)) / 4)];
        uint mask = (uint)(filter.Length * 64) - 1;
        foreach (UInt128 id in wanted)
        {
            uint bit = (uint)(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ulong)id) : (ulong)id) & mask;
            filter[bit >> 6] |= 1UL << (int)(bit & 63);
        }

        ReadOnlySpan<ulong> halves = MemoryMarshal.Cast<byte, ulong>(Ids);
        for (int row = 0; row < Rows; row++)
        {
            // The second half of an id, in whatever order of bytes: only equal ids need to come to equal bits.
            uint bit = (uint)halves[(row * 2) + 1] & mask;
            if ((filter[bit >> 6] >> (int)(bit & 63) & 1) == 0) continue;
            UInt128 id = Id(row);
            if (wanted.Contains(id)) found(row, id);
        }
    }

    private FieldColumn Column(int place) => _columns[place] ??= read(place);
}

/// <summary>The columns that every segment has, in the order of its file.</summary>
internal sealed record AttemptColumns
{
    public required ReadOnlyMemory<byte> Ids { get; init; }

    public required ReadOnlyMemory<byte> Statuses { get; init; }

    public required ReadOnlyMemory<int> Attempts { get; init; }

    public required ReadOnlyMemory<long> StartedAt { get; init; }

    public required ReadOnlyMemory<long> EndedAt { get; init; }

    public required ReadOnlyMemory<int> Journals { get; init; }

    public required ReadOnlyMemory<long> StartOffsets { get; init; }

    public required ReadOnlyMemory<int> StartLengths { get; init; }

    public required ReadOnlyMemory<long> EndOffsets { get; init; }

    public required ReadOnlyMemory<int> EndLengths { get; init; }

    public required ReadOnlyMemory<byte> Conclusive { get; init; }

    public required ReadOnlyMemory<byte> Repeated { get; init; }

    /// <summary>Whether times are nanoseconds since 1970, as in a file, rather than ticks of UTC, as in memory.</summary>
    public required bool HasNanoseconds { get; init; }

    public long Ticks(long time) => HasNanoseconds ? (time / 100) + DateTime.UnixEpoch.Ticks : time;
}
