using System.Text.Json;

namespace Assay.Tests.Index;

/// <summary>Compares results with a plain reading of the journals in everything that columns decide.</summary>
internal static class IndexComparison
{
    private static readonly object?[] Wanted = [1, 0.5, 1.5, 2L, "text", null, true, double.NaN, "NaN", ulong.MaxValue, 9007199254740993];

    private static readonly string[] Names =
    [
        .. from place in new[] { "", "params.", "labels.", "metrics." }
        from name in new[] { "lr", "size", "oddname", "größe" }
        select place + name,
    ];

    // That a journal is not as it was only the index knows.
    private static bool IsOfLine(JournalDamage damage) => !damage.Reason.Contains("delete the folder 'index'", StringComparison.Ordinal);

    public static void Same(PlainReading plain, Results results)
    {
        Assert.Equal(plain.Runs.Select(r => r.Id), results.ReadIds().Select(Fingerprint.Hex));
        Assert.Equal(plain.Damage, results.Damage.Where(IsOfLine).Select(d => (d.File, d.Offset, d.Line)));
        Assert.Equal(plain.Runs.Select(Text), results.Select(Text));
        Cells(results, FieldPlace.Param, r => r.Params);
        Cells(results, FieldPlace.Label, r => r.Labels);
        Cells(results, FieldPlace.Metric, r => r.Metrics);
        Assert.Equal(plain.Runs.CountBy(r => r.Status).OrderBy(s => s.Key), results.CountByStatus());
        Assert.Equal(Csv(Table(plain)), Csv(results.ToTable()));
        Assert.Equal(Types(Table(plain)), Types(results.ToTable()));
        if (plain.Runs.Count == 0) return;
        foreach (string name in Names)
        {
            if (!plain.Runs.Any(r => r.TryGet(name, out _))) continue;
            if (plain.Runs.Any(r => r.IsAmbiguous(name)))
            {
                AssayException fault = Assert.Throws<AssayException>(() => results.Filter(name, min: 0));
                Assert.Contains("means two values", fault.Message, StringComparison.Ordinal);
                continue;
            }

            foreach (object? wanted in Wanted)
            {
                var filter = new Dictionary<string, object?> { [name] = wanted };
                bool Has(PlainRun run) => run.TryGet(name, out object? value) && ValueOrder.IsOrHas(value, PlainValue.Of(wanted));
                Assert.Equal(plain.Runs.Where(Has).Select(r => r.Id), results.Filter(filter).ReadIds().Select(Fingerprint.Hex));
            }

            IEnumerable<string> between = plain.Runs.Where(r => Number(r, name) is >= 0.5 and <= 2).Select(r => r.Id);
            Assert.Equal(between, results.Filter(name, 0.5, 2).ReadIds().Select(Fingerprint.Hex));
            Groups(plain, results, name);
            Best(plain, results, name);
        }

        Assert.Equal(plain.Runs.Where(r => r.Tags.Contains("a")).Select(r => r.Id), results.Tagged("a").ReadIds().Select(Fingerprint.Hex));
    }

    // What columns say they know must be what the run's own lines say.
    private static void Cells(Results results, FieldPlace place, Func<RunRecord, IReadOnlyDictionary<string, object?>> values)
    {
        string[] names = [.. results.SelectMany(r => values(r).Keys).Distinct()];
        foreach (RunRecord run in results)
        {
            IReadOnlyDictionary<string, object?> own = values(run);
            foreach (string name in names.Concat(names.Select(n => n.ToUpperInvariant())).Distinct())
            {
                // Of a damaged index nothing is told.
                if (run.TryCell(place, new ValuePath([new PathStep(name)]), out object? cell) is not { } has) continue;
                bool IsSimilar(string key) => key.Replace("_", "").Equals(name.Replace("_", ""), StringComparison.OrdinalIgnoreCase);
                string[] similar = [.. own.Keys.Where(IsSimilar)];
                string? key = own.ContainsKey(name) ? name : similar is [var only] ? only : null;
                Assert.Equal(key is not null, has);
                if (has) Assert.Equal(CanonicalWriter.Plain(own[key!]).ToString(), CanonicalWriter.Plain(cell).ToString());
            }

            foreach ((string name, object? value) in JsonObjects.Flatten(own))
            {
                if (!name.Contains('.', StringComparison.Ordinal) || name.Contains('[', StringComparison.Ordinal)) continue;
                if (run.TryCell(place, ValuePath.Parse(name), out object? cell) is not true) continue;
                Assert.Equal(CanonicalWriter.Plain(value).ToString(), CanonicalWriter.Plain(cell).ToString());
            }
        }
    }

    private static void Groups(PlainReading plain, Results results, string name)
    {
        string Key(PlainRun run) => CanonicalWriter.Plain(run.TryGet(name, out object? value) ? value : null).ToString();
        IGrouping<string, PlainRun>[] expected = [.. plain.Runs.GroupBy(Key)];
        IReadOnlyList<RunGroup> groups = results.Stats([RunField.Parse(name)], null);
        Assert.Equal(expected.Select(g => g.Key), groups.Select(g => CanonicalWriter.Plain(g.Key.Values.Single()).ToString()));
        foreach ((IGrouping<string, PlainRun> plainGroup, RunGroup group) in expected.Zip(groups))
        {
            PlainRun[] successful = [.. plainGroup.Where(r => r.Status == RunStatus.Success)];
            Assert.Equal((successful.Length, plainGroup.Count() - successful.Length), (group.Successful, group.NotSuccessful));
            var metrics = successful.SelectMany(r => r.Metrics).Where(m => m.Key != name)
                .Select(m => KeyValuePair.Create(m.Key, Measure(m.Value)))
                .Where(m => NumberOrder.TryNumber(m.Value, out _)).GroupBy(m => m.Key)
                .ToDictionary(m => m.Key, m => Statistics([.. m.Select(v => Parse(v.Value))]));
            Assert.Equal(
                metrics.OrderBy(m => m.Key, StringComparer.Ordinal),
                group.Metrics.Select(m => KeyValuePair.Create(m.Key, m.Value.ToString())).OrderBy(m => m.Key, StringComparer.Ordinal));
        }
    }

    private static double Parse(object? number) =>
        double.Parse(CanonicalWriter.Plain(number).ToString().Trim('"'), System.Globalization.CultureInfo.InvariantCulture);

    private static string Statistics(double[] values) => MetricTally.Of(values, new int[values.Length], 1)[0]!.ToString();

    private static void Best(PlainReading plain, Results results, string name)
    {
        double? Measured(PlainRun run) => run.TryGet(name, out object? value) && NumberOrder.TryNumber(Measure(value), out double number)
            ? number : null;
        PlainRun? best = plain.Runs.Where(r => r.Status == RunStatus.Success && Measured(r) is { } n && !double.IsNaN(n))
            .MaxBy(Measured);
        if (best is null) Assert.ThrowsAny<AssayException>(() => results.Best(name));
        else Assert.Equal(best.Id, results.Best(name).Id);
    }

    // True counts as 1 and false as 0 in means and ranks.
    private static object? Measure(object? value) => value is bool truth ? (truth ? 1L : 0L) : value;

    private static double? Number(PlainRun run, string name) =>
        run.TryGet(name, out object? value) && NumberOrder.TryNumber(value, out double number) ? number : null;

    private static Table Table(PlainReading plain)
    {
        var builder = new TableBuilder();
        foreach (PlainRun run in plain.Runs) builder.AddRow(run.Row());
        return RunRow.Named(builder.Build());
    }

    private static string Csv(Table table)
    {
        using var stream = new MemoryStream();
        table.Write(stream, TableFormat.Csv);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IEnumerable<string> Types(Table table) => table.Columns.Select(c => $"{c.Name} {c.Type} {c.NullCount}");

    private static string Text(PlainRun run) =>
        $"{run.Id} {run.Experiment} {run.Version} {run.Status} {run.Attempt}/{run.Attempts} {run.StartedAt:O} "
        + $"{Json(run.Params)} {Json(run.Labels)} {Json(run.Metrics)} {Json(run.Tags)}";

    private static string Text(RunRecord run) =>
        $"{run.Id} {run.Experiment} {run.Version} {run.Status} {run.Attempt}/{run.Attempts} {run.StartedAt:O} "
        + $"{Json(run.Params)} {Json(run.Labels)} {Json(run.Metrics)} {Json(run.Tags)}";

    private static string Json(object value) => JsonSerializer.Serialize(value, DataForm.Options);
}
