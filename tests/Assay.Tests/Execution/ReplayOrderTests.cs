using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using Assay.Tests.Provenance;

namespace Assay.Tests.Execution;

/// <summary>What a program does that was started for a replay, as far as the store of the run is concerned, which is only read.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReplayOrderTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    private string Recording => _store.File("recording");

    [Fact]
    public void Nothing_that_a_replayed_program_says_of_runs_or_frees_reaches_the_store_that_it_names()
    {
        RunRecord run = Prepare();
        string before = Files();
        (int exit, string output, string errors) = Start(Order(run));
        Assert.Equal((0, before), (exit, Files()));
        Assert.Equal(["freed 0", "restored 1", "run 2"], Printed(output));
        Assert.Equal("", errors.Trim());

        // It went on as it did then, and all it said is where it records.
        var recording = Store.Open(Recording);
        Assert.Equal([("lone", RunStatus.Success), ("second", RunStatus.Success)], recording.LoadAll().Select(r => (r.Experiment, r.Status))
            .Order());
        Assert.Equal(["note", "remove", "restore", "tag"], Directory.EnumerateFiles(Path.Combine(Recording, "annotations"))
            .Select(f => Path.GetFileName(f).Split('-')[2]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_replayed_program_starts_gets_no_order_and_yet_the_store_to_record_in()
    {
        (_, string output, _) = Start(Order(Prepare()));
        string seen = output.Split('\n').Single(l => l.StartsWith("after ", StringComparison.Ordinal))["after ".Length..];
        Assert.Equal((true, Recording, false), (JsonSerializer.Deserialize<ReplayOrder>(seen)!.IsTaken,
            JsonSerializer.Deserialize<ReplayOrder>(seen)!.Store, JsonSerializer.Deserialize<ReplayOrder>(seen)!.IsMine));
    }

    [Fact]
    public void A_replay_makes_no_snapshot()
    {
        TestRepository.GitIn(_store.Around, "init", "-q");
        File.WriteAllText(Path.Combine(_store.Around, "code.txt"), "1\n");
        RunRecord run = Prepare();
        string before = TestRepository.GitIn(_store.Around, "for-each-ref");
        Assert.NotEqual("", before);
        File.WriteAllText(Path.Combine(_store.Around, "code.txt"), "2\n");
        Start(Order(run));
        Assert.Equal(before, TestRepository.GitIn(_store.Around, "for-each-ref"));
        Assert.All(Store.Open(Recording).LoadAll(), made => Assert.Equal(true, made.Git["dirty"]));
    }

    [Theory]
    [InlineData("another-program", false)]
    [InlineData("Assay.TestPrograms", true)]
    public void A_program_that_is_not_the_one_that_is_replayed_does_all_it_does_and_records_where_that_one_does(
        string assembly, bool isTaken)
    {
        RunRecord run = Prepare();
        string before = Files();
        (int exit, string output, _) = Start(Order(run) with { Assembly = assembly, IsTaken = isTaken });
        Assert.Equal((0, before), (exit, Files()));
        Assert.Equal(["end 3", "freed 0", "restored 1", "run 1", "run 1", "run 2", "run 2", "run 3", "run 3"],
            Printed(output).Order(StringComparer.Ordinal));
        // One of the seven it has removed.
        Assert.Equal(6, Store.Open(Recording).LoadAll().Successful.Count);
    }

    [Theory]
    [InlineData("{ruin")]
    [InlineData("{}")]
    [InlineData("""{"Run":"x","Store":null,"Original":"/o","Experiment":"e","Version":"","Index":-1""" +
        ""","Params":null,"Seed":0,"Replicate":0,"Point":null}""")]
    public void An_order_that_cannot_be_read_is_told_by_its_name_when_something_is_to_be_run(string order)
    {
        Prepare();
        (int exit, _, string errors) = Start(order);
        Assert.NotEqual(0, exit);
        Assert.Contains($"the environment variable ASSAY_REPLAY is '{order}'; expected what 'assay replay' sets for the program it starts. "
            + "Remove the variable, then start again.", errors, StringComparison.Ordinal);
    }

    // All of the program's runs, and one that is removed. What is replayed is the second of the last experiment.
    private RunRecord Prepare()
    {
        (int exit, string output, string errors) = TestProgram.Run(_store.Around, "replayed", _store.Path);
        Assert.True(exit == 0, output + errors);
        var store = Store.Open(_store.Path);
        store.Restore([.. store.Removed()]);
        using (Run spare = Run.Start("spare", options: new() { Store = _store.Path, Snapshot = SnapshotOptions.Off })) spare.Track(1);
        store.Remove(store.Load("spare")[0]);
        return store.Load("second").Single(r => r.Metrics["n"] is 2L);
    }

    private ReplayOrder Order(RunRecord run) => new(run.Id, Recording, _store.Path, run.Experiment, run.Version, run.Index,
        (string)run.Fingerprints["params"]!, run.Seed!.Base, run.Seed.Replicate, run.Seed.Point)
    {
        Assembly = "Assay.TestPrograms",
    };

    private (int Exit, string Output, string Errors) Start(ReplayOrder order) => Start(order.ToJson());

    private (int Exit, string Output, string Errors) Start(string order)
    {
        using TestProgram program =
            TestProgram.Start(_store.Around, new Dictionary<string, string> { [ReplayOrder.Variable] = order }, "replayed", _store.Path);
        string output = program.ReadToEnd();
        return (program.WaitForEnd(), output, program.Errors);
    }

    private static string[] Printed(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => !l.StartsWith("before", StringComparison.Ordinal) && !l.StartsWith("after", StringComparison.Ordinal))];

    // The index is derived, and any reader may bring it up to date.
    private string Files() =>
        string.Join('\n', Directory.EnumerateFiles(_store.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Where(f => !f.StartsWith(Path.Combine(_store.Path, "index"), StringComparison.Ordinal)).Select(f => $"{f} "
            + $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"));
}
