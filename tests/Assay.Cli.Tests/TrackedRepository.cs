using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Assay.Cli.Tests;

/// <summary>
/// The repository behind a store of tracked runs: a clean run is of a commit of its own, any other of a snapshot of the edits since the
/// last one. Every name and time is fixed, so that commits are the same wherever it is made.
/// </summary>
internal static class TrackedRepository
{
    private const string Metadata = "new { hparams = new { learning_rate = LearningRate, batch_size = BatchSize } }";

    /// <param name="root">The working tree to be.</param>
    /// <param name="facts">The runs, oldest first.</param>
    /// <param name="hidden">What git must not see in it.</param>
    /// <returns>The runs with their real commits.</returns>
    public static TrackedFact[] Make(string root, IReadOnlyList<TrackedFact> facts, params string[] hidden)
    {
        Git(root, "", "init", "-q", "-b", "main");
        Git(root, "", "config", "gc.auto", "0");
        File.AppendAllText(Path.Combine(root, ".git", "info", "exclude"), string.Concat(hidden.Select(h => $"/{h}\n")));
        string marks = Path.Combine(root, ".git", "marks");
        Git(root, Stream(facts), "fast-import", "--quiet", $"--export-marks={marks}");
        Git(root, "", "reset", "-q", "--hard", "main");
        Dictionary<int, string> commits = File.ReadLines(marks).Select(l => l.TrimStart(':').Split(' ')).ToDictionary(
            m => int.Parse(m[0], CultureInfo.InvariantCulture) - 1, m => m[1]);
        return [.. facts.Select(f => f with { Commit = commits[f.Number] })];
    }

    private static string Stream(IReadOnlyList<TrackedFact> facts)
    {
        var stream = new StringBuilder();
        int clean = -1;
        foreach (TrackedFact fact in facts)
        {
            bool dirty = fact.Branch != "main";
            string message = dirty ? "assay: uncommitted changes when a run started"
                : $"Train with {fact.BatchSize} at once", code = Code(fact);
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/{fact.Branch}\nmark :{fact.Number + 1}\n");
            stream.Append(
                CultureInfo.InvariantCulture,
                $"committer Ada <ada@example.org> {fact.Started.ToUnixTimeSeconds()} +0000\ndata {message.Length}\n{message}\n");
            if (clean >= 0) stream.Append(CultureInfo.InvariantCulture, $"from :{clean + 1}\n");
            stream.Append(CultureInfo.InvariantCulture, $"M 100644 inline train.cs\ndata {code.Length}\n{code}\n");
            if (!dirty) clean = fact.Number;
        }

        return stream.ToString();
    }

    private static string Code(TrackedFact fact) => string.Create(CultureInfo.InvariantCulture, $$"""
        using Assay;

        const double LearningRate = {{fact.LearningRate}};
        const int BatchSize = {{fact.BatchSize}};
        const int Hidden = {{8 * (fact.Number + 1)}};

        using Run run = Run.Start("training my network", metadata: {{Metadata}});
        Network.Train(run, LearningRate, BatchSize, Hidden);

        """).ReplaceLineEndings("\n");

    private static void Git(string folder, string input, params string[] arguments)
    {
        using Process git = Process.Start(
            new ProcessStartInfo("git", arguments)
            { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardError = true })!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        string errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors);
    }
}
