using System.Text;

namespace Assay.Tests;

/// <summary>A store of three runs with lines of every kind, made once, and copies of it with another journal.</summary>
internal sealed class SampleJournal : IDisposable
{
    public static readonly Experiment<int> Experiment = Assay.Experiment
        .Create<int>("sample", (n, run) =>
        {
            run.Metric("n", n);
            run.Metric("text", $"größe {n}");
            run.Metric("loss", 0.5, step: 1);
            run.Row(new { n, square = n * n });
            run.Data("vector", new[] { n + 0.5, double.NaN });
            run.Log($"log {n}");
            run.Tag("tag");
            run.Artifact("note", $"artifact {n}");
        })
        .Over(Space.Values(0, 1, 2));

    private readonly TestStore _store = new();

    private SampleJournal(string journal, byte[] bytes) => (JournalName, Bytes) = (journal, bytes);

    public string JournalName { get; }

    /// <summary>The journal's content.</summary>
    public byte[] Bytes { get; }

    public string[] Lines => Encoding.UTF8.GetString(Bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public RunOptions Options => _store.Options with { Parallel = 1 };

    public string Store => _store.Path;

    public string Journal => Path.Combine(Store, "runs", JournalName);

    public static async Task<SampleJournal> MakeAsync()
    {
        using var store = new TestStore();
        await Experiment.RunAsync(store.Options with { Parallel = 1 });
        string journal = JournalText.Only(store.Path);
        var sample = new SampleJournal(Path.GetFileName(journal), await File.ReadAllBytesAsync(journal));
        Directory.Move(store.Path, sample.Store);
        return sample;
    }

    /// <summary>Replaces the journal's content and removes other journals.</summary>
    public Results With(ReadOnlySpan<byte> bytes)
    {
        foreach (string other in Directory.GetFiles(Path.GetDirectoryName(Journal)!)) File.Delete(other);
        File.WriteAllBytes(Journal, bytes.ToArray());
        return Assay.Store.Open(Store).LoadAll();
    }

    public Results With(IEnumerable<string> lines) => With(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n"))));

    /// <summary>Everything a record shows, as text.</summary>
    public static string Everything(RunRecord run) => Everything(run, git: true);

    /// <summary>As the other, with or without the state of the code, of which a part stands in the line of the session.</summary>
    public static string Everything(RunRecord run, bool git) => string.Join('\n',
        [
            $"{run.Id} {run.Experiment} {run.Version} {run.Status} {run.Index} {run.Attempt} {run.Attempts} {run.Seed} {run.StartedAt:O} "
                + $"{run.Duration} {run.Error}",
            Text(run.Params), Text(run.Labels), Text(run.Metrics), Text(run.Metadata), Text(run.Fingerprints),
                git ? Text(run.Git) : "", Text(run.Tags),
            .. run.SeriesNames.SelectMany(s => run.Series(s)).Select(p => p.ToString()),
            .. run.Rows.Select(Text),
            .. run.Log.Select(l => l.ToString()),
            .. run.Artifacts.Select(a => $"{a.Name} {a.Kind} {a.Format} {a.Size} {a.Sha256} {Content(run, a)}"),
        ]);

    public void Dispose() => _store.Dispose();

    private static string Content(RunRecord run, ArtifactInfo artifact)
    {
        try
        {
            return run.ArtifactText(artifact.Name);
        }
        catch (AssayException fault)
        {
            return fault.Message;
        }
    }

    private static string Text(object? value) => System.Text.Json.JsonSerializer.Serialize(value, DataForm.Options);
}
