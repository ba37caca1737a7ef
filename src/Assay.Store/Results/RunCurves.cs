using System.Text.Json;

namespace Assay.Names;

/// <summary>A point of a curve.</summary>
/// <param name="Step">The step; null where a tracked value has none.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
/// <param name="Time">The time since the start of the run.</param>
public readonly record struct CurvePoint(long? Step, double Value, TimeSpan Time);

/// <summary>The course of one metric in a run. Immutable.</summary>
/// <param name="Run">The run.</param>
/// <param name="Points">The points, by step and then as they were recorded; at least one.</param>
public sealed record RunCurve(RunRecord Run, IReadOnlyList<CurvePoint> Points);

/// <summary>The curves of one metric over many runs, in the order of the runs. Immutable and thread-safe.</summary>
public sealed class RunCurves
{
    private const int MostSurveyed = 200;

    private readonly Results _runs;
    private readonly int[] _places;

    private RunCurves(Results runs, int[] places, IReadOnlyList<RunCurve> curves) => (_runs, _places, Curves) = (runs, places, curves);

    /// <summary>The curves, of runs that have one.</summary>
    public IReadOnlyList<RunCurve> Curves { get; }

    /// <summary>Reads every journal of the runs once.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="field">A stepped metric, or a path in tracked values.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AssayException">No run has such a curve; the message lists the series there are.</exception>
    /// <exception cref="StoreException">A journal cannot be read.</exception>
    public static RunCurves Read(Results runs, RunField field, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(field);
        return runs.OnColumns((catalog, rows) =>
        {
            var reader = new CurveReader(catalog, rows, field, cancellationToken);
            (int Place, RunCurve Curve)[] curves = [.. reader.Read()];
            if (curves.Length == 0 && rows.Length > 0) throw Unknown(runs, field.Name);
            return new RunCurves(runs, Array.ConvertAll(curves, c => c.Place), Array.ConvertAll(curves, c => c.Curve));
        });
    }

    /// <summary>The table of <see cref="Results.Series"/>.</summary>
    public Table ToTable() => _runs.OnColumns((catalog, rows) =>
    {
        int count = Curves.Sum(curve => curve.Points.Count);
        (int[] runs, long[] steps) = (new int[count], new long[count]);
        (double[] values, double[] times) = (new double[count], new double[count]);
        ulong[] valid = new ulong[(count + 63) / 64];
        int at = 0;
        foreach ((int run, RunCurve curve) in Curves.Index())
        {
            foreach (CurvePoint point in curve.Points)
            {
                (runs[at], steps[at], values[at], times[at]) = (run, point.Step ?? 0, point.Value, point.Time.TotalMilliseconds);
                if (point.Step is not null) valid[at >> 6] |= 1UL << (at & 63);
                at++;
            }
        }

        Table given = new ResultsTable(catalog, Array.ConvertAll(_places, place => rows[place])).Given().TakeRows(runs);
        return RunRow.Named(Table.FromColumns(
            [.. given.Columns, Column.Of<long>("step", steps, valid), Column.Of("value", values), Column.Of("elapsed_ms", times)]));
    });

    private static AssayException Unknown(Results runs, string name)
    {
        string[] known = [.. runs.TakeLast(MostSurveyed).SelectMany(run => run.SeriesNames).Distinct(StringComparer.Ordinal)];
        return new AssayException($"no run recorded '{name}' over steps; the series are {RecordedDictionary.KnownText(name, known)} "
            + "Correct the name, or record the metric with a step.");
    }
}

/// <summary>Reads the points of one metric of many runs, in one pass over each journal. Not thread-safe.</summary>
internal sealed class CurveReader(RunCatalog catalog, int[] rows, RunField field, CancellationToken cancellationToken)
{
    private readonly IReadOnlyList<string> _names = field.SeriesNames;

    public IEnumerable<(int Place, RunCurve Curve)> Read()
    {
        Part[][] parts = [.. rows.Select(PartsOf)];
        foreach (IGrouping<int, Part> journal in parts.SelectMany(p => p).GroupBy(p => p.Lines.Key.Journal))
            ReadJournal(journal.Key, [.. journal]);
        for (int place = 0; place < parts.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RunRecord run = catalog.Record(rows[place]);
            CurvePoint[] points = _names.Select(name => Points(parts[place], name)).FirstOrDefault(found => found.Length > 0)
                ?? (Array.Exists(parts[place], part => part.HasTracked) ? Tracked(run) : []);
            if (points.Length > 0) yield return (place, new RunCurve(run, points));
        }
    }

    // As RunRecord reads its lines: those of its attempt, the coordinator's own journal last.
    private Part[] PartsOf(int row)
    {
        RunEntry entry = catalog.Entry(row);
        return
        [
            .. catalog.Attempts(entry).Where(a => a.Start >= 0 && a.Key.Attempt == entry.Attempt)
                .OrderBy(a => a.Key.Journal == entry.Journal).Select(lines => new Part(lines)),
        ];
    }

    private void ReadJournal(int journal, Part[] parts)
    {
        ILookup<string, Part> byRun = parts.ToLookup(p => Fingerprint.Hex(p.Lines.Key.Id), StringComparer.Ordinal);
        long? to = Array.Exists(parts, p => p.Lines.End < 0) ? null : parts.Max(p => p.Lines.End);
        foreach ((long offset, byte[] line) in catalog.Reader.Lines(journal, parts.Min(p => p.Lines.Start), to))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!LineChecksum.IsSound(line)) catalog.NoteDamage(catalog.Journals[journal], offset);
            else if (line.AsSpan().IndexOf("series"u8) >= 0 || line.AsSpan().IndexOf("track"u8) >= 0)
            {
                // As in the records: the bit that is wrong may be where the checksum begins.
                if (LineFields.TryParse(line) is { } root) Take(root, offset, byRun);
                else catalog.NoteDamage(catalog.Journals[journal], offset);
            }
        }
    }

    private void Take(JsonElement root, long offset, ILookup<string, Part> byRun)
    {
        (string kind, JsonElement value) = (LineFields.Text(root, "kind"), JsonObjects.Member(root, "value"));
        if (kind is not ("series" or "track") || byRun[LineFields.Text(root, "run_id")].FirstOrDefault(p => p.Has(offset)) is not { } part)
            return;
        if (kind == "track") part.HasTracked = true;
        else if (LineFields.Text(value, "name") is var name && _names.Contains(name, StringComparer.Ordinal))
            part.Blocks.Add((name, RunRecord.Points(value)));
    }

    private static CurvePoint[] Points(Part[] parts, string name) => InOrder(
    [
        .. parts.SelectMany(part => part.Blocks).Where(block => block.Name == name).SelectMany(block => block.Points)
            .Select(point => new CurvePoint(point.Step, point.Value, point.Time)),
    ]);

    private CurvePoint[] Tracked(RunRecord run) => field.TrackedPath is not { } path ? [] : InOrder(
    [
        .. from point in FieldSources.TrackedOver(new RunValues(run), path)
           let number = Number(point.Value)
           where number is not null
           select new CurvePoint(point.Step, number.Value, point.Time ?? default),
    ]);

    private static double? Number(object? value) => ValueOrder.TryNumber(value, out double number) ? number : null;

    // Mostly they are in order already.
    private static CurvePoint[] InOrder(CurvePoint[] points)
    {
        for (int i = 1; i < points.Length; i++)
            if (points[i].Step < points[i - 1].Step) return [.. points.OrderBy(point => point.Step)];
        return points;
    }

    /// <summary>The lines of a run in one journal, and what was found in them.</summary>
    private sealed class Part(AttemptLines lines)
    {
        public AttemptLines Lines => lines;

        public List<(string Name, SeriesPoint[] Points)> Blocks { get; } = [];

        public bool HasTracked { get; set; }

        public bool Has(long offset) => offset >= lines.Start && (lines.End < 0 || offset < lines.End);
    }
}
