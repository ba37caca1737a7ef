using System.Globalization;
using Assay.Analysis;

namespace Assay.Questions;

/// <summary>Whether settings differ in a metric. Its command is <c>compare</c>, with <c>--between</c>.</summary>
internal sealed class CompareSettingsQuestion : Question<ComparisonReport>
{
    private static readonly string[] Tests = [.. Enum.GetValues<ComparisonTest>().Select(ComparisonTestText.Text)];

    private static readonly TextParameter Metric = new(
        "metric", "With --between: the metric, or any other number, that is compared")
    { ToolDescription = $"The number that is compared: {RunParameters.Field}", Placeholder = "NAME", IsRequired = false };

    private static readonly ListParameter PairedBy = RunParameters.Fields(
        "paired_by", "With --between: compare runs that share these values, such as seed for the same seeds, several with commas",
        "Compare runs that share these values, such as [\"seed\"] for the same seeds. Default: no pairs");

    private static readonly ChoiceParameter Test = new(
        "test", "With --between: " + string.Join(", ", Tests), Tests)
    { ToolDescription = "The test. auto: t for pairs, welch otherwise; for booleans mcnemar and permutation", Placeholder = "TEST" };

    private static readonly TextParameter Cluster = new(
        "cluster", "With --between: runs with equal values of this name belong together and count once, such as seed where points share "
            + "seeds")
    {
        ToolDescription = "Runs with equal values of this name belong together and count once, such as seed where points share seeds",
        Placeholder = "NAME",
    };

    /// <summary>The name of the settings, and those to compare.</summary>
    public static TextParameter Between { get; } = new(
        "between", "Compare settings of a parameter over all runs of an experiment: Hidden=4,16, or Hidden for all pairs of its values")
    { ToolDescription = "The settings: Hidden=4,16, or Hidden for all pairs of its values", Placeholder = "NAME[=A,B]" };

    /// <summary>What the command has of it beside the experiment.</summary>
    public static IReadOnlyList<Parameter> OfCommand { get; } =
        [Between, Metric, PairedBy, Cluster, Test, RunParameters.Confidence, RunParameters.Where];

    public override ToolText Tool => new("compare_settings", "Compare settings",
        "Tells by how much a metric differs between settings of a parameter over all successful runs, with confidence interval, p-value, "
            + "p-value corrected for the number of pairs (Holm) and effect size; paired where paired_by is given.")
    { Command = "compare" };

    public override IReadOnlyList<Parameter> Parameters =>
        [.. RunParameters.FilterWithoutStatus, Between, Metric, PairedBy, Cluster, Test, RunParameters.Confidence];

    public override Answer Ask(QuestionCall call) => Ask(call, new RunFilter(call));

    /// <summary>Whether the command asks for settings and not for runs.</summary>
    public static bool IsAsked(QuestionCall call) => Between.Of(call) is not null || Metric.Of(call) is not null;

    /// <summary>Answers for the runs of a filter.</summary>
    public static Answer Ask(QuestionCall call, RunFilter filter)
    {
        string metric = Metric.Of(call) ?? throw new AssayException($"{call.NameOf(Between)} is given without {call.NameOf(Metric)}; "
            + "expected the metric to compare by, such as accuracy.");
        (string setting, string[] values) = Settings(Between.Of(call)
            ?? throw new AssayException($"{call.NameOf(Metric)} is given without {call.NameOf(Between)}; expected the settings, such as "
                + "Hidden=4,16."));
        IReadOnlyList<RunField>? pairedBy = RunParameters.Read(PairedBy, call);
        ComparisonTest test = Enum.GetValues<ComparisonTest>().First(t => ComparisonTestText.Text(t) == Test.Of(call));
        double confidence = RunParameters.Confidence.Of(call)!.Value;
        (Results all, Results chosen) = filter.Apply();
        string? cluster = Cluster.Of(call);
        KnownNames.RequireAmong(
            all,
            [
                RunField.Parse(metric), RunField.Parse(setting), .. pairedBy ?? [],
                .. cluster is null ? [] : new[] { RunField.Parse(cluster) },
            ]);
        if (chosen.Count == 0) throw new AssayException("no run is left to compare. Loosen the condition.");
        string[]? names = pairedBy?.Select(f => f.Name).ToArray();
        IReadOnlyList<Comparison> pairs = Statistics.Asked(() => values.Length == 0
            ? chosen.CompareAll(metric, setting, names, test, confidence, cluster: cluster)
            : Comparison.Corrected(
            [
                .. from a in Enumerable.Range(0, values.Length)
                   from b in Enumerable.Range(a + 1, values.Length - a - 1)
                   select chosen.Compare(
                       metric, setting, Value(values[a]), Value(values[b]), names, test, confidence, cluster: cluster),
            ]));
        var report = new ComparisonReport(
            call.Store.Path, filter.Experiment, metric, setting, names ?? [], confidence, [.. pairs.Select(SettingsPair.Of)])
        { EarlierLeftOut = filter.EarlierLeftOut };
        return new Answer(report) { Runs = all };
    }

    protected override void Write(ComparisonReport report, Page page)
    {
        TextGrid grid = TextGrid.Of(
            report.Pairs,
            [
                Column(report.Between + " a", p => Words.Value(p.A)), Column("b", p => Words.Value(p.B)),
                Column("n", p => report.PairedBy.Count > 0
                    ? $"{Words.Number(p.N)} pairs" : $"{Words.Number(p.CountA)} + {Words.Number(p.CountB)}"),
                Column("mean a", p => Words.Value(Rounded(p.MeanA))), Column("mean b", p => Words.Value(Rounded(p.MeanB))),
                Column("b − a", p => Words.Value(Rounded(p.Difference))),
                Column($"{Words.Value(report.Confidence * 100)} % interval", p => MeanText.Bounds(p.LowerBound, p.UpperBound)),
                Column("p", p => PValues.Text(p.PValue)),
                Column("p adjusted", p => report.Pairs.Count > 1 ? PValues.Text(p.PAdjusted) : ""),
                Column("effect", p => p.EffectSize is { } size ? $"{p.Effect} {Words.Value(Rounded(size))}" : ""),
                Column("test", p => p.Test),
            ]).WithoutEmpty("p adjusted", "effect");
        grid.FoldsConstants = true;
        page.Grid(grid);
        foreach (SettingsPair pair in report.Pairs.Where(p => p.Notes.Count > 0))
            page.Line($"{Words.Value(pair.A)} and {Words.Value(pair.B)}: {string.Join("; ", pair.Notes)}.");
        if (report.Pairs.Count(p => p.PValue is not null) is > 1 and var corrected)
            page.Line($"p adjusted is corrected for {corrected} comparisons (Holm).");
    }

    private static (string, Func<SettingsPair, string?>) Column(string heading, Func<SettingsPair, string?> cell) => (heading, cell);

    private static double? Rounded(double? value) =>
        value is { } real ? double.Parse(real.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;

    private static (string Setting, string[] Values) Settings(string between)
    {
        int equals = between.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return (between.Trim(), []);
        string[] values = [.. FieldList.Split(between[(equals + 1)..]).Select(v => v.Trim())];
        return values.Length > 1 ? (between[..equals].Trim(), values)
            : throw new AssayException($"'{between}' names {Words.Count(values.Length, "setting")}; expected at least two, such as "
                + "Hidden=4,16, or the name alone for all pairs.");
    }

    // As records have it: a number, true or false, or text, which may stand in quotes.
    private static object Value(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real
        : bool.TryParse(text, out bool flag) ? flag
        : text is ['\'' or '"', .. var inner, _] && text[0] == text[^1] ? inner : text;
}

/// <summary>Settings in pairs, and by how much a metric differs between them.</summary>
internal sealed record ComparisonReport(
    string Store, string? Experiment, string Metric, string Between, IReadOnlyList<string> PairedBy, double Confidence,
    IReadOnlyList<SettingsPair> Pairs) : RunsReport;

/// <summary>
/// Two settings: the number of pairs or of all values, and of values on each side, the means, by how much b exceeds a with its bounds, the
/// p-value, that corrected for all pairs, the test and an effect size; null where it is not defined, and the notes say why.
/// </summary>
internal sealed record SettingsPair(
    object? A, object? B, int N, int CountA, int CountB, double? MeanA, double? MeanB, double? Difference, double? LowerBound,
    double? UpperBound, double? PValue, double? PAdjusted, string Test, string? Effect, double? EffectSize, IReadOnlyList<string> Notes)
{
    public static SettingsPair Of(Comparison pair) => new(
        pair.A, pair.B, pair.Count, pair.CountA, pair.CountB, pair.MeanA, pair.MeanB, pair.Difference.Estimate, pair.Difference.LowerBound,
        pair.Difference.UpperBound, pair.PValue, pair.AdjustedPValue, ComparisonTestText.Text(pair.Test),
        pair.EffectSize is { } effect ? EffectMeasureText.Text(effect.Measure) : null, pair.EffectSize?.Value, pair.Notes);
}
