namespace Assay.Questions;

/// <summary>The questions of this assembly. Thread-safe.</summary>
public static class QuestionCatalog
{
    /// <summary>Everything of a run; also the resource of a run.</summary>
    public static Question Run { get; } = new ShowRunQuestion();

    /// <summary>A store at a glance; the resource of a store.</summary>
    public static Question Overview { get; } = new OverviewQuestion();

    /// <summary>All questions that have a command or a tool, in the order of the help.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        new ListExperimentsQuestion(),
        new ListRunsQuestion(),
        Run,
        new BestRunsQuestion(),
        new StatsQuestion(),
        new CompareRunsQuestion(),
        new CompareSettingsQuestion(),
        new ImportanceQuestion(),
        new PowerQuestion(),
        new PlotQuestion(),
        new ReportResultsQuestion(),
        new HistoryQuestion(),
        new SeriesQuestion(),
        new ListPathsQuestion(),
        new SelectValuesQuestion(),
        new TailQuestion(),
        new DiffCodeQuestion(),
        new CheckoutCodeQuestion(),
        new ReplayRunQuestion(),
        new DeriveMetricsQuestion(),
        new ExplainRunQuestion(),
        new ExportQuestion(),
        new ExportTableQuestion(),
        new GetArtifactQuestion(),
        new ReadArtifactQuestion(),
        new AddNoteQuestion(),
        new TagRunQuestion(),
        new RemoveRunsQuestion(),
        new CleanupQuestion(),
        new DoctorQuestion(),
    ];
}
