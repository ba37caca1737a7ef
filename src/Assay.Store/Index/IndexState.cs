using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay;

/// <summary>What the index on disk covers: the file <c>state.json</c>, JSON with a checksum, replaced as a whole. Immutable.</summary>
internal sealed record IndexState
{
    public const string FileName = "state.json";

    public static readonly IndexState Empty = new();

    private const int CurrentFormat = 3;
    private const int ChecksummedFrom = 22;

    /// <summary>A state of another format counts as none.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The identity of the folder it was written to: an index that came with a copy or clone of a store does not count.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Journals by their numbers, which rows refer to; a number is never given twice.</summary>
    public IReadOnlyList<JournalState> Journals { get; init; } = [];

    public IReadOnlyList<SegmentInfo> Segments { get; init; } = [];

    /// <summary>Covered attempts that are in no segment: unended ones of live writers, and those whose times no segment holds.</summary>
    public IReadOnlyList<AttemptLines> Unsealed { get; init; } = [];

    /// <returns>The empty state when there is none that can be trusted.</returns>
    public static IndexState Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        // A small store has none, and an exception would take longer than the whole store.
        if (!File.Exists(path) || StoreEntry.IsForeign(path)) return Empty;
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length <= ChecksummedFrom || !bytes.AsSpan().StartsWith(Checksum(bytes.AsSpan(ChecksummedFrom)))) return Empty;
            return JsonSerializer.Deserialize(bytes, IndexStateJson.Default.IndexState) is { Format: CurrentFormat } state
                && state.Folder == StoreEntry.IdentityOf(folder) ? state : Empty;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return Empty;
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string folder)
    {
        IndexState here = this with { Folder = StoreEntry.IdentityOf(folder) };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(here, IndexStateJson.Default.IndexState);
        // The checksum becomes the first member.
        json[0] = (byte)',';
        AtomicFile.Write(Path.Combine(folder, FileName), [.. Checksum(json), .. json], durable: false);
    }

    private static byte[] Checksum(ReadOnlySpan<byte> rest) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"checksum\":\"{Crc32C.Append(0, rest):x8}\""));
}

/// <summary>What the index has read of a journal, and by what the journal is known again.</summary>
internal sealed record JournalState(string Name, JournalHead Head)
{
    private const string Remedy = ". Restore it from a copy; if it was meant, delete the folder 'index' of the store";

    // The length of the two blocks that a journal is known again by.
    private const int Sample = 1 << 16;

    // Within this time after a write, another one may leave the same time of change.
    private static readonly TimeSpan ClockResolution = TimeSpan.FromSeconds(2);

    public long Length { get; init; }

    /// <summary>Its time of change then, in ticks of UTC.</summary>
    public long ChangedAt { get; init; }

    /// <summary>When that was, in ticks of UTC.</summary>
    public long SeenAt { get; init; }

    /// <summary>The number of bytes, up to the end of a line, that are in the index.</summary>
    public long Covered { get; init; }

    public uint First { get; init; }

    public uint Last { get; init; }

    public IReadOnlyList<JournalDamage> Damage { get; init; } = [];

    /// <summary>What is known to be missing of it.</summary>
    [JsonIgnore]
    public IEnumerable<JournalDamage> Losses => Damage.Where(d => d.Reason.EndsWith(Remedy, StringComparison.Ordinal));

    /// <summary>Whether the journal is gone, or was replaced or rewritten, so that rows of it do not count any more.</summary>
    public bool IsDead { get; init; }

    /// <summary>
    /// Whether the covered part is still in the journal. Journals are only appended to, so one of the same length and time of change is the
    /// same, and one that has grown is compared at the first and the last covered block. Anything else is another journal.
    /// </summary>
    /// <returns>The state as of now; null when it is another journal.</returns>
    public JournalState? Check(JournalRef journal, JournalInfo now, DateTimeOffset seenAt)
    {
        if (IsDead || now.Length < Covered || now.Length < Length) return null;
        if (now.Length == Length && now.ChangedAt == ChangedAt && SeenAt - ChangedAt > ClockResolution.Ticks) return this;
        if (Covered > 0 && Samples(journal, Covered) != (First, Last)) return null;
        return this with { Length = now.Length, ChangedAt = now.ChangedAt, SeenAt = seenAt.UtcTicks };
    }

    /// <summary>What is missing of a journal that is not known again; null where the index covers nothing of it.</summary>
    public JournalDamage? Loss(JournalRef journal, JournalInfo now)
    {
        if (Covered == 0 || (now.Length >= Covered && Samples(journal, Covered) == (First, Last))) return null;
        string what = now.Length < Covered
            ? $"the journal has {now.Length} bytes and had at least {Covered}: lines at its end are missing, and the runs in them"
            : "the journal was changed or replaced after it was read";
        return JournalDamage.In(journal, now.Length, what + Remedy);
    }

    /// <summary>The checksums by which a journal is known again; none where it cannot be read, which the scan reports.</summary>
    public static (uint First, uint Last)? Samples(JournalRef journal, long covered) => StoreFaults.Or<(uint, uint)?>(null, () =>
    {
        using JournalSource source = journal.Open();
        return (Checksum(source, 0, Math.Min(Sample, covered)), Checksum(source, Math.Max(0, covered - Sample), covered));
    });

    private static uint Checksum(JournalSource source, long from, long to)
    {
        byte[] bytes = new byte[(int)(to - from)];
        int held = 0;
        while (held < bytes.Length && source.Read(bytes.AsSpan(held), from + held) is > 0 and int read) held += read;
        return Crc32C.Append(0, bytes.AsSpan(0, held));
    }
}

/// <summary>A segment on disk.</summary>
internal sealed record SegmentInfo(
    string File, long Bytes, uint Checksum, int Rows, string? Experiment, int Unended, int Repeats, IReadOnlyList<SegmentField> Fields);

/// <summary>The column of a field on disk.</summary>
internal sealed record SegmentField(FieldKey Key, ColumnForm Form, bool MissingIsNull);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IndexState))]
internal sealed partial class IndexStateJson : JsonSerializerContext;
