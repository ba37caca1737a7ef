using System.Globalization;

namespace Assay.Tests.Deriving;

/// <summary>Programs that derive are killed, and derive at once. What they reported is there, and in the end everything.</summary>
public sealed class DerivedProcessTests : IDisposable
{
    private const int Runs = 500, SelfKills = 3, MostKills = 5, Killed = 137;

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task No_reported_value_is_lost_however_often_the_program_is_killed()
    {
        await RunAsync();
        var random = new Random(31);
        int reported = 0, kills = 0;
        for (bool done = false; !done;)
        {
            bool isAlone = kills < SelfKills;
            int moment = kills < MostKills ? random.Next(1, Runs - 100) : int.MaxValue;
            // By itself within a report, or from outside at some moment after one.
            using TestProgram program = TestProgram.Start(_store.Around, "derive", _store.Path, "double", isAlone ? $"{moment}" : "0");
            for (int seen = 0; program.ReadLine() is { } line;)
            {
                done = line.StartsWith("done", StringComparison.Ordinal);
                if (done || !line.StartsWith("ack ", StringComparison.Ordinal) || line[^1] != '.') continue;
                reported = Math.Max(reported, int.Parse(line[4..^1], CultureInfo.InvariantCulture));
                if (!isAlone && ++seen == moment) program.Kill();
            }

            int exitCode = program.WaitForEnd();
            Results read = _store.Load();
            int kept = read.Count(r => r.Derived.Count == 1);
            Assert.True(kept >= reported, $"after {kills} kills {kept} values are there and {reported} were reported");
            Assert.Empty(read.Damage);
            if (done) break;
            Assert.True(exitCode == Killed, $"the program ended with exit code {exitCode}:\n{program.Errors}");
            kills++;
        }

        Assert.True(kills >= SelfKills, $"only {kills} kills");
        Assert.All(_store.Load(), r => Assert.Equal(2 * (long)r.Params["n"]!, r.Derived["double"]));
        Assert.Equal(Runs, _store.Load().Successful.Count);
    }

    [Fact]
    public async Task Two_programs_that_derive_at_once_lose_nothing()
    {
        await RunAsync();
        TestProgram[] programs =
            [.. new[] { "one", "other", "one" }.Select(name => TestProgram.Start(_store.Around, "derive", _store.Path, name, "0"))];
        foreach (TestProgram program in programs)
        {
            program.ReadUntil("done");
            Assert.Equal(0, program.WaitForEnd());
            program.Dispose();
        }

        Assert.All(_store.Load(), r =>
        {
            Assert.Equal(["one", "other"], r.Derived.Keys.Order());
            Assert.All(r.Derived.Values, v => Assert.Equal(2 * (long)r.Params["n"]!, v));
        });
    }

    private Task RunAsync() => Assay.Experiment.Create<int>("many", "1", (n, run) => run.Metric("n", n))
        .Over(Space.From(Enumerable.Range(0, Runs))).RunAsync(_store.Options);
}
