using System.Globalization;
using Assay.Analysis;

namespace Assay.Questions;

internal sealed class ImportanceQuestion : Question<ImportanceReport>
{
    private static readonly TextParameter Metric = new("metric", "The metric, or any other number")
    { ToolDescription = $"The number whose variance is attributed: {RunParameters.Field}", IsPositional = true, IsRequired = true };

    private static readonly ListParameter Params = RunParameters.Fields(
        "params", "Only these parameters, several with commas. Default: all that were varied",
        "Only these parameters. Default: all that were varied");

    public override CommandText Command { get; } = new("importance", "Attribute the variance of a metric to parameters",
        "assay importance accuracy iris", "assay importance loss iris --params LearningRate,Hidden --json");

    public override ToolText Tool => new("parameter_importance", "Importance of parameters",
        "Tells which share of the variance of a metric each parameter accounts for, and each pair of parameters together, over a full grid "
            + "of successful runs.");

    public override IReadOnlyList<Parameter> Parameters => [Metric, .. RunParameters.FilterWithoutStatus, Params];

    public override Answer Ask(QuestionCall call)
    {
        var filter = new RunFilter(call);
        string metric = Metric.Of(call)!;
        IReadOnlyList<RunField>? by = RunParameters.Read(Params, call);
        (Results all, Results chosen) = filter.Apply();
        KnownNames.RequireAmong(all, [RunField.Parse(metric), .. by ?? []]);
        Importance importance = chosen.Importance(metric, by?.Select(f => f.Name) ?? []);
        var report = new ImportanceReport(
            call.Store.Path, filter.Experiment, metric, importance.Runs, importance.LeftOut, importance.Points, importance.Variance,
            [
                .. importance.Effects.Select(e => new EffectLine(e.Name, e.Names, e.Variance, e.Share)),
                .. Rest("higher", importance.Higher), .. Rest("replicates", importance.Residual),
            ])
        { EarlierLeftOut = filter.EarlierLeftOut };
        return new Answer(report) { Runs = all };
    }

    private static IEnumerable<EffectLine> Rest(string name, ImportanceEffect? effect) =>
        effect is null ? [] : [new EffectLine(name, [], effect.Variance, effect.Share)];

    protected override void Write(ImportanceReport report, Page page)
    {
        page.Grid(TextGrid.Of(
            report.Effects, ("effect", e => Words.Value(e.Effect)),
            ("share", e => e.Share?.ToString("P1", CultureInfo.InvariantCulture)),
            ("", e => e.Share is { } share ? Sparkline.Bar(share, width: 30) : "")));
        page.Line($"Shares of the variance of {Words.Value(report.Metric)} over {Words.Count(report.Runs, "run")} at "
            + $"{Words.Count(report.Points, "point")}; a × b is what both do together beyond each alone.");
        if (report.LeftOut > 0) page.Line($"Left out: {Words.Count(report.LeftOut, "run")} without a finite number there.");
    }
}

/// <summary>Which part of the variance of a metric each parameter accounts for.</summary>
internal sealed record ImportanceReport(
    string Store, string? Experiment, string Metric, int Runs, int LeftOut, int Points, double Variance,
    IReadOnlyList<EffectLine> Effects) : RunsReport;

/// <summary>
/// An effect: its parameters, none for what is left, the variance it accounts for, and that as a share; null without variance.
/// </summary>
internal sealed record EffectLine(string Effect, IReadOnlyList<string> Names, double Variance, double? Share);
