namespace Assay;

/// <summary>
/// Ends of attempts as columns, a row each, in the order their attempts started, in memory or in a mapped file. A row may lack its start, when that
/// line is damaged, or its end, when its writer died. Immutable and thread-safe.
/// </summary>
internal abstract class RunSegment
{
    private Dictionary<FieldKey, int>? _places;

    public abstract int Rows { get; }

    /// <summary>The experiment that the journals of its rows name in their first lines; null where they name none.</summary>
    public required string? Experiment { get; init; }

    /// <summary>Rows without an end.</summary>
    public required int Unended { get; init; }

    /// <summary>Rows whose ids were there before.</summary>
    public abstract int Repeats { get; }

    /// <summary>The ids, 16 bytes each, the highest byte first.</summary>
    public abstract ReadOnlySpan<byte> Ids { get; }

    /// <summary>Number of the journal in the index.</summary>
    public abstract ReadOnlySpan<int> Journals { get; }

    public abstract ReadOnlySpan<int> Attempts { get; }

    /// <summary><see cref="RunStatus"/>; without meaning where a row lacks its end.</summary>
    public abstract ReadOnlySpan<byte> Statuses { get; }

    /// <summary>1 where the end says something about the operation.</summary>
    public abstract ReadOnlySpan<byte> Speaks { get; }

    /// <summary>1 where another row, before this one or in this segment, has the same id.</summary>
    public abstract ReadOnlySpan<byte> Repeated { get; }

    /// <summary>Where the run_start begins; -1 for none.</summary>
    public abstract ReadOnlySpan<long> StartOffsets { get; }

    public abstract ReadOnlySpan<int> StartLengths { get; }

    /// <summary>Where the run_end begins; -1 for none.</summary>
    public abstract ReadOnlySpan<long> EndOffsets { get; }

    public abstract ReadOnlySpan<int> EndLengths { get; }

    /// <summary>The fields that any row has, in order of first appearance.</summary>
    public abstract IReadOnlyList<FieldKey> Fields { get; }

    /// <summary>When the attempt started, in ticks of UTC; when it ended, where the start is missing.</summary>
    public abstract long StartedAt(int row);

    /// <summary>When the attempt ended, in ticks of UTC.</summary>
    public abstract long EndedAt(int row);

    /// <summary>The values of a field; null when no row has it.</summary>
    public abstract FieldColumn? Field(FieldKey key);

    /// <summary>The place of a field in <see cref="Fields"/>; -1 for none.</summary>
    protected int PlaceOf(FieldKey key)
    {
        // Made twice at worst, with one outcome. A run may have thousands of metrics, each of which is asked for by name.
        Dictionary<FieldKey, int> places = _places ??= Fields.Index().ToDictionary(f => f.Item, f => f.Index);
        return places.GetValueOrDefault(key, -1);
    }

    public UInt128 Id(int row) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(Ids.Slice(row * 16, 16));
}
