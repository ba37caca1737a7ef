namespace Assay.Cli.Tests.Reference;

/// <summary>A page of the C# reference: types by name, and the packages whose other types are on it too.</summary>
internal sealed record ApiArea(string File, string Title, string Intro, string[] Packages, string[] Types)
{
    /// <summary>In the order of the index. A type is on the page that names it, else on that of its package.</summary>
    public static IReadOnlyList<ApiArea> All { get; } =
    [
        new("experiments", "Experiments", "What is run: parameters, operation, seeds, context, and what identifies a run.", ["Assay"], []),
        new(
            "spaces", "Spaces", "Which parameters there are: grids, samples, lists, unions, filters and labelled variables.", [],
            [
                "Space", "AxisSpace", "ZipAxes", "Draws", "Variable", "SpaceDescription", "AxisDescription", "MemberDescription",
            ]),
        new(
            "running", "Running", "How runs are executed: options, executors, retries, progress and events.", [],
            [
                "RunOptions", "ResumeMode", "Executor", "WorkerProcesses", "RetryPolicy", "SystemMetrics", "ProgressMode", "RunEvent",
                "RunEventKind", "Durability", "ExperimentStoppedException", "RunErrorException",
            ]),
        new(
            "recording", "Recording", "What an operation, or a program of its own, records while it runs.", [],
            ["RunContext", "Run", "TrackOptions", "RunCapture", "CaptureException"]),
        new(
            "results", "Results", "Runs that were made: filtered, sorted, grouped, read as the types they had.", [],
            [
                "Results", "RunRecord", "RunStatus", "RunError", "RunGroup", "MetricStatistics", "RankedRun", "RankedGroup", "Ranking",
                "RankingOptions", "SeriesPoint", "TrackedValue", "LogLine", "RunNote", "RunArtifact", "ArtifactInfo", "RecordedSeed",
                "RecordedSession", "RecordedProgram", "RecordedSnapshot", "EarlierRuns", "NameException", "RunField", "RunCondition",
                "RunSortKey", "QuestionException", "TableOptions", "DerivedMetric", "DeriveReport", "RecordedValue", "TokenUsage",
            ]),
        new(
            "tables", "Tables", "Named, typed columns, and the files they are saved to and loaded from.",
            ["Assay.Tables", "Assay.Avro", "Assay.Excel"], []),
        new(
            "analysis", "Analysis", "From results to conclusions: statistics and figures, in the package `Assay.Analysis`; "
                + "`ForestImportance` in the package `Assay.Forest`.",
            ["Assay.Analysis", "Assay.Forest"], []),
        new(
            "chat", "Chat", "Experiments with language models, in the package `Assay.Chat`.", ["Assay.Chat"], []),
        new("store", "Stores", "What is on disk: opened, annotated, checked and cleaned.", ["Assay.Store"], []),
        new("code", "Code", "The code of a run: compared, checked out, replayed.", ["Assay.Code"], []),
        new("import", "Import", "Runs of other systems, in the package `Assay.Import`.", ["Assay.Import"], []),
    ];

    /// <summary>Namespaces of what packages use of one another; of their types only those are shown that an area names.</summary>
    public static IReadOnlyList<string> Inner { get; } =
        ["Assay.Journals", "Assay.Messages", "Assay.Names", "Assay.Storage", "Assay.Tables", "Assay.Git"];
}
