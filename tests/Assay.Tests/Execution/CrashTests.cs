using System.Globalization;
using Xunit.Abstractions;

namespace Assay.Tests.Execution;

/// <summary>
/// A program with 2,000 runs is killed again and again. What it had reported must be there, and in the end everything, once.
/// </summary>
public class CrashTests(ITestOutputHelper output)
{
    private const int Runs = 2000;

    // 128 + SIGKILL.
    private const int Killed = 137;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("ASSAY_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out int rounds) ? rounds : 25;

    [Fact]
    public void No_reported_run_is_lost_and_none_runs_twice_however_often_the_program_is_killed()
    {
        int kills = 0;
        for (int round = 0; round < Rounds; round++) kills += Round(round);
        output.WriteLine($"{Rounds} rounds of {Runs} runs, {kills} kills");
        Assert.True(kills >= Rounds, $"only {kills} kills in {Rounds} rounds: the program ends before it can be killed");
    }

    private int Round(int round)
    {
        output.WriteLine($"round {round}, seed {20_000 + round}");
        using var folder = new TempFolder();
        string store = folder.File("store");
        string kind = round % 3 == 2 ? "async" : "sync";
        var random = new Random(20_000 + round);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        for (int kills = 0; ; kills++)
        {
            bool done = KilledOrDone(folder.Path, store, kind, random, reported);
            Check(store, kind, reported, $"round {round} (seed {20_000 + round}), after kill {kills}");
            if (!done) continue;
            Complete(store, reported);
            return kills;
        }
    }

    /// <returns>Whether the program came to its end.</returns>
    private bool KilledOrDone(string folder, string store, string kind, Random random, HashSet<string> reported)
    {
        // Killed after a time (while it starts, or between reports), after so many reports, or by itself within a report.
        int how = random.Next(5);
        int moment = how == 0 ? random.Next(20, 300) : random.Next(1, 1100);
        int suicide = how is 1 or 2 ? moment : 0;
        output.WriteLine("  to be killed "
            + $"{how switch { 0 => $"after {moment} ms", 1 or 2 => $"by itself at report {moment}", _ => $"after report {moment}" }}");
        using TestProgram program = TestProgram.Start(folder, "crash", store, Text(Runs), kind, Text(suicide));
        using var timer = new Timer(_ => program.Kill(), null, how == 0 ? moment : Timeout.Infinite, Timeout.Infinite);
        for (int seen = 0; program.ReadLine() is { } line;)
        {
            if (line == $"done {Runs}")
            {
                Assert.Equal(0, program.WaitForEnd());
                return true;
            }

            // The last line of a killed program may be torn; the full stop tells.
            if (!line.StartsWith("ack ", StringComparison.Ordinal) || line.Length != 37 || line[^1] != '.') continue;
            Assert.True(reported.Add(line[4..36]), $"run {line[4..36]} was reported twice");
            if (how > 2 && ++seen == moment) program.Kill();
        }

        int exitCode = program.WaitForEnd();
        Assert.True(exitCode == Killed, $"the program was not killed and ended with exit code {exitCode}:\n{program.Errors}");
        return false;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Check(string store, string kind, HashSet<string> reported, string when)
    {
        if (!File.Exists(Path.Combine(store, "store.json")))
        {
            Assert.Empty(reported);
            return;
        }

        Results results = Store.Open(store).LoadAll();
        HashSet<string> kept = [.. results.Successful.Select(r => r.Id)];
        string[] lost = [.. reported.Except(kept)];
        Assert.True(lost.Length == 0, $"{when}: {lost.Length} of {reported.Count} reported runs are lost, for example "
            + $"{lost.FirstOrDefault()}");
        Assert.All(results, r => Assert.Equal(kind, r.Version));
        Assert.Empty(results.Damage);
    }

    private static void Complete(string store, HashSet<string> reported)
    {
        string[] successes =
            [.. JournalText.Lines(store).Where(l => l.Kind() == "run_end" && l.Status() == "success").Select(l => l.RunId())];
        Assert.Equal(Runs, successes.Length);
        Assert.Equal(Runs, successes.Distinct().Count());
        Assert.Subset(successes.ToHashSet(), reported);

        Results results = Store.Open(store).LoadAll();
        Assert.Equal(Runs, results.Successful.Count);
        Assert.Equal(Enumerable.Range(0, Runs).Select(n => (long)n), results.Select(r => (long)r.Params["n"]!).Order());
        Assert.All(results, r => Assert.Equal((long)r.Params["n"]! * (long)r.Params["n"]!, r.Metrics["square"]));
    }
}
