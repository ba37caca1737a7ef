using System.Runtime.InteropServices;

namespace Assay;

/// <summary>
/// Every run of some journals, folded: each run once, with the attempt that counts (see <see cref="RunEnding"/>), or the one under way.
/// </summary>
internal sealed class RunCatalog : IJournalVisitor
{
    private readonly Lock _gate = new();
    private readonly JournalSnapshot _snapshot;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<Line> _lines = [];
    private readonly List<JournalDamage> _damage = [];
    private Dictionary<UInt128, int>? _byId;

    private RunCatalog(StoreLayout layout, JournalSnapshot snapshot, IReadOnlyList<string> journals)
    {
        (Layout, Journals, _snapshot) = (layout, journals, snapshot);
        for (int i = 0; i < journals.Count; i++) _numbers[journals[i]] = i;
    }

    public StoreLayout Layout { get; }

    public IReadOnlyList<string> Journals { get; }

    /// <summary>The runs in the order they were started.</summary>
    public RunEntry[] Entries { get; private set; } = [];

    public IReadOnlyList<JournalDamage> Damage { get; private set; } = [];

    /// <summary>Numbers of the journals whose first line does not say whose runs they hold.</summary>
    public IReadOnlySet<int> Unsure { get; private init; } = new HashSet<int>();

    public static RunCatalog Load(StoreLayout layout, JournalSnapshot snapshot, Func<JournalHead, bool> wanted, TimeProvider clock)
    {
        // A journal whose first line cannot be read may hold anything, so it is read.
        (string Path, JournalHead Head)[] journals = [.. snapshot.Journals.Select(j => (j, JournalHead.Read(j))).Where(j => j.Item2.Experiment is null || wanted(j.Item2))];
        var catalog = new RunCatalog(layout, snapshot, [.. journals.Select(j => j.Path)])
        {
            Unsure = journals.Index().Where(j => j.Item.Head.Experiment is null || j.Item.Head.Version is null).Select(j => j.Index).ToHashSet(),
        };
        JournalScanner.Scan(catalog.Journals, catalog);
        catalog.Damage = LineNumbers.Of(catalog._damage);
        catalog.Fold(clock);
        return catalog;
    }

    public bool TryGet(UInt128 id, out RunEntry entry)
    {
        _byId ??= Entries.Select((e, i) => (e.Id, i)).ToDictionary(p => p.Id, p => p.i);
        bool found = _byId.TryGetValue(id, out int at);
        entry = found ? Entries[at] : default;
        return found;
    }

    void IJournalVisitor.Lines(string journal, ReadOnlySpan<JournalLine> lines)
    {
        lock (_gate)
        {
            int number = _numbers[journal];
            long end = _snapshot.LengthOf(journal);
            foreach (ref readonly JournalLine line in lines)
            {
                if (line.Offset + line.Length > end) continue;
                if (line.Kind is JournalKind.RunStart or JournalKind.RunEnd) _lines.Add(new Line(line, number));
            }
        }
    }

    void IJournalVisitor.Damaged(JournalDamage damage)
    {
        lock (_gate) _damage.Add(damage);
    }

    private void Fold(TimeProvider clock)
    {
        _lines.Sort();
        var writers = new Dictionary<int, bool>();
        bool Alive(int journal)
        {
            ref bool alive = ref CollectionsMarshal.GetValueRefOrAddDefault(writers, journal, out bool known);
            if (!known) alive = StoreLock.IsHeld(Layout.WriterLock(StoreLayout.WriterOf(Journals[journal])), clock);
            return alive;
        }

        var entries = new List<RunEntry>();
        Span<Line> all = CollectionsMarshal.AsSpan(_lines);
        for (int from = 0, to; from < all.Length; from = to)
        {
            for (to = from + 1; to < all.Length && all[to].Id == all[from].Id; to++) { }
            if (FoldRun(all[from..to], Alive) is { } entry) entries.Add(entry with { Elsewhere = Elsewhere(all[from..to], entry) });
        }

        _lines.Clear();
        _lines.TrimExcess();
        entries.Sort((a, b) => a.StartedAt != b.StartedAt ? a.StartedAt.CompareTo(b.StartedAt) : a.Id.CompareTo(b.Id));
        Entries = [.. entries];
    }

    // Lines are sorted by attempt, then journal, then start before end.
    private static RunEntry? FoldRun(Span<Line> lines, Func<int, bool> alive)
    {
        RunEntry? latest = null, counting = null;
        RunEnding best = default;
        int attempts = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            Line line = lines[i];
            // An end whose start is damaged keeps its status and metrics; parameters are read from the end's place and found missing.
            bool hasStart = line.Kind == JournalKind.RunStart;
            // A line that somebody has doubled says nothing new.
            if (!hasStart && i > 0 && lines[i - 1].SameAttempt(line) && lines[i - 1].Kind == JournalKind.RunEnd) continue;
            bool hasEnd = hasStart && i + 1 < lines.Length && lines[i + 1].Kind == JournalKind.RunEnd && lines[i + 1].SameAttempt(line);
            Line? end = hasStart ? hasEnd ? lines[i + 1] : null : line;
            if (line.Attempt != latest?.Attempt) attempts++;
            var entry = new RunEntry
            {
                Id = line.Id,
                Journal = line.Journal,
                Attempt = line.Attempt,
                Attempts = attempts,
                StartedAt = line.Time,
                Start = hasStart ? line.Offset : -1,
                StartLength = hasStart ? line.Length : 0,
                End = end?.Offset ?? -1,
                EndLength = end?.Length ?? 0,
                Status = end?.Status ?? (alive(line.Journal) ? RunStatus.Running : RunStatus.Interrupted),
            };
            if (hasEnd) i++;
            latest = entry;
            if (end is not { } ended || (counting is not null && ended.Ending.CompareTo(best) <= 0)) continue;
            (counting, best) = (entry, ended.Ending);
        }

        RunEntry? shown = latest is { Status: RunStatus.Running } ? latest : counting ?? latest;
        return shown is { } run ? run with { Attempts = attempts } : null;
    }

    private static List<LineRange>? Elsewhere(Span<Line> lines, RunEntry shown)
    {
        List<LineRange>? ranges = null;
        for (int i = 0; i < lines.Length; i++)
        {
            Line line = lines[i];
            if (line.Kind != JournalKind.RunStart || line.Attempt != shown.Attempt || line.Journal == shown.Journal) continue;
            bool hasEnd = i + 1 < lines.Length && lines[i + 1].Kind == JournalKind.RunEnd && lines[i + 1].SameAttempt(line);
            (ranges ??= []).Add(new LineRange(line.Journal, line.Offset, hasEnd ? lines[i + 1].Offset : null));
        }

        return ranges;
    }

    private readonly record struct Line : IComparable<Line>
    {
        public Line(in JournalLine line, int journal) =>
            (Id, Kind, Status, Attempt, Journal, Offset, Length, Time, _speaks) =
            (line.RunId, line.Kind, line.Status, line.Attempt, journal, line.Offset, line.Length, line.Time, line.Speaks);

        private readonly bool _speaks;

        public UInt128 Id { get; }

        public long Offset { get; }

        public long Time { get; }

        public int Length { get; }

        public int Attempt { get; }

        public int Journal { get; }

        public JournalKind Kind { get; }

        public RunStatus Status { get; }

        public RunEnding Ending => new(_speaks, Attempt, Status == RunStatus.Success, Time);

        public bool SameAttempt(in Line other) => Attempt == other.Attempt && Journal == other.Journal;

        public int CompareTo(Line other)
        {
            int order = Id.CompareTo(other.Id);
            if (order == 0) order = Attempt.CompareTo(other.Attempt);
            if (order == 0) order = Journal.CompareTo(other.Journal);
            if (order == 0) order = Kind.CompareTo(other.Kind);
            return order != 0 ? order : Offset.CompareTo(other.Offset);
        }
    }
}
