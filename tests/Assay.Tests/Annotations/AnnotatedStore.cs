namespace Assay.Tests.Annotations;

/// <summary>A store of a small experiment that counts what it really runs.</summary>
internal sealed class AnnotatedStore : IDisposable
{
    public const int Points = 6;

    private readonly TestStore _store = new();
    private readonly List<int> _ran = [];

    public string Path => _store.Path;

    public string Folder => System.IO.Path.Combine(Path, "annotations");

    public Store Store => Store.Open(Path);

    public TestStore Around => _store;

    /// <summary>Runs what is missing.</summary>
    /// <returns>The points that were run.</returns>
    public async Task<string> RunAsync(
        int head = Points, string version = "1", CodeIdentity? code = null, ResumeMode mode = ResumeMode.Unfinished)
    {
        _ran.Clear();
        await Experiment.Create<int>("sample", version, (n, run) =>
        {
            lock (_ran) _ran.Add(n);
            run.Metric("square", n * n);
            run.Metric("loss", 0.5, step: n);
            run.Tag(n % 2 == 0 ? "even" : "odd");
            run.Artifact("own", $"of run {n} alone {run.Id} {run.Attempt}");
            run.Artifact("common", "the same in every run");
        }).Over(Space.From(Enumerable.Range(0, Points))).IdentifyCodeBy(code ?? CodeIdentity.None)
            .RunAsync(_store.Options with { Head = head, Parallel = 1, Resume = mode, Snapshot = SnapshotOptions.Off });
        return string.Join(' ', _ran.Order());
    }

    /// <summary>The run of a point, read afresh.</summary>
    public RunRecord Run(int point) => Assert.Single(Store.LoadAll().Filter(new { n = point }));

    /// <summary>The points that any list shows.</summary>
    public string Shown => string.Join(' ', Store.LoadAll().Select(r => (long)r.Params["n"]!).Order());

    public void Dispose() => _store.Dispose();
}
