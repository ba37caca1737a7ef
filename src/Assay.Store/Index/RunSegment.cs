using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Assay;

/// <summary>The columns that every segment has, in the order of its file.</summary>
internal enum AttemptColumn
{
    Id,
    Status,
    Attempt,
    StartedAt,
    EndedAt,
    Journal,
    StartOffset,
    StartLength,
    EndOffset,
    EndLength,
    Conclusive,
    Repeated,
}

/// <summary>
/// Attempts as columns, a row each, in the order they started, in memory or in a mapped file. A row may lack its start, when that line is
/// damaged, or its end. Spans may only be used while the segment is reachable. Immutable and thread-safe.
/// </summary>
/// <param name="attempts">The values of each <see cref="AttemptColumn"/>.</param>
/// <param name="hasNanoseconds">Whether times are nanoseconds since 1970, as in a file, rather than ticks of UTC, as in memory.</param>
/// <param name="fields">The fields that any row has, in order of first appearance.</param>
/// <param name="read">Reads the column of the field at a place in <paramref name="fields"/>; called when it is first asked for.</param>
/// <param name="experiment">The experiment that the journals of the rows name in their first lines; null where they name none.</param>
/// <param name="unended">The number of rows without an end.</param>
/// <param name="repeats">The number of rows whose id is in another row, before this one or in this segment.</param>
internal sealed class RunSegment(
    ReadOnlyMemory<byte>[] attempts, bool hasNanoseconds, IReadOnlyList<FieldKey> fields, Func<int, FieldColumn> read,
    string? experiment, int unended, int repeats)
{
    private readonly FieldColumn?[] _columns = new FieldColumn?[fields.Count];
    private Dictionary<FieldKey, int>? _places;

    public int Rows { get; } = attempts[(int)AttemptColumn.Status].Length;

    public string? Experiment => experiment;

    public int Unended => unended;

    public int Repeats => repeats;

    /// <summary>The ids, 16 bytes each, the highest byte first.</summary>
    private ReadOnlySpan<byte> Ids => Of<byte>(AttemptColumn.Id);

    public ReadOnlySpan<int> Journals => Of<int>(AttemptColumn.Journal);

    public ReadOnlySpan<int> Attempts => Of<int>(AttemptColumn.Attempt);

    /// <summary>Each a <see cref="RunStatus"/>; without meaning where a row lacks its end.</summary>
    public ReadOnlySpan<byte> Statuses => Of<byte>(AttemptColumn.Status);

    /// <summary>1 where another row, before this one or in this segment, has the same id.</summary>
    public ReadOnlySpan<byte> Repeated => Of<byte>(AttemptColumn.Repeated);

    public ReadOnlySpan<long> EndOffsets => Of<long>(AttemptColumn.EndOffset);

    public IReadOnlyList<FieldKey> Fields => fields;

    public ReadOnlyMemory<byte> this[AttemptColumn column] => attempts[(int)column];

    /// <summary>When the attempt started, in ticks of UTC; when it ended, where the start is missing.</summary>
    public long StartedAt(int row) => Ticks(AttemptColumn.StartedAt, row);

    public UInt128 Id(int row) => BinaryPrimitives.ReadUInt128BigEndian(Ids.Slice(row * 16, 16));

    public AttemptLines Lines(int row) => new(
        new AttemptKey(Id(row), Attempts[row], Journals[row]), Of<long>(AttemptColumn.StartOffset)[row],
        Of<int>(AttemptColumn.StartLength)[row], EndOffsets[row], Of<int>(AttemptColumn.EndLength)[row]);

    /// <summary>What decides whether the attempt of a row counts; without meaning where the row lacks its end.</summary>
    public RunEnding Ending(int row) => new(
        Of<byte>(AttemptColumn.Conclusive)[row] != 0, Attempts[row], (RunStatus)Statuses[row] == RunStatus.Success,
        Ticks(AttemptColumn.EndedAt, row));

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
        IReadOnlyList<FieldKey> all = place < fields.Count ? fields : [.. fields, FieldKey.Tags];
        return new RunSegment(attempts, hasNanoseconds, all, i => i == place ? tags : Column(i), experiment, unended, repeats);
    }

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

        ReadOnlySpan<ulong> halves = Of<ulong>(AttemptColumn.Id);
        for (int row = 0; row < Rows; row++)
        {
            // The second half of an id, in whatever order of bytes: only equal ids need to come to equal bits.
            uint bit = (uint)halves[(row * 2) + 1] & mask;
            if ((filter[bit >> 6] >> (int)(bit & 63) & 1) == 0) continue;
            UInt128 id = Id(row);
            if (wanted.Contains(id)) found(row, id);
        }
    }

    private ReadOnlySpan<T> Of<T>(AttemptColumn column) where T : unmanaged => MemoryMarshal.Cast<byte, T>(attempts[(int)column].Span);

    private long Ticks(AttemptColumn column, int row) =>
        Of<long>(column)[row] is var time && hasNanoseconds ? (time / 100) + DateTime.UnixEpoch.Ticks : time;

    private FieldColumn Column(int place) => _columns[place] ??= read(place);
}
