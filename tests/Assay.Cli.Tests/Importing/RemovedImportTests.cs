using System.Text.Json;

namespace Assay.Cli.Tests.Importing;

/// <summary>Imports into a store from which runs were removed that had been imported before.</summary>
[Trait("Category", "Quick")]
public sealed class RemovedImportTests : IDisposable
{
    private const string LeftAlone = "1 run was removed from the store and left alone: 'assay rm --undo RUN' restores a run as it "
        + "was, --anew imports all of them as new ones\n";

    private readonly ExpragFixture _exprag = new();

    public void Dispose() => _exprag.Dispose();

    [Fact]
    public void A_removed_run_stays_removed_and_comes_back_once()
    {
        Begin();
        Remove();
        _exprag.Track("3");
        string before = _exprag.StoreSnapshot();
        foreach (string[] options in (string[][])[[], ["--dry-run"], ["--status", "success"]])
        {
            ToolResult result = _exprag.Import(options);
            Assert.Equal((0, ""), (result.Exit, result.Error));
            Assert.Contains(LeftAlone, result.Out, StringComparison.Ordinal);
        }

        using (JsonDocument report = JsonDocument.Parse(_exprag.Import("--json").Out))
            Assert.Equal(
                [("found", 1), ("new", 0), ("changed", 0), ("known", 0), ("removed", 1)],
                report.RootElement.GetProperty("runs").EnumerateObject().Select(n => (n.Name, n.Value.GetInt32())));
        Assert.Equal((before, 0), (_exprag.StoreSnapshot(), _exprag.Load().Count));
        Undo();
        Shows(attempt: 1, "1", "2");
        // What the source has gained comes over now that the run is there again.
        Assert.Equal(0, _exprag.Import().Exit);
        Shows(attempt: 2, "1", "2", "3");
    }

    [Fact]
    public void A_removed_run_that_is_imported_anew_is_not_mixed_with_the_old_one_when_that_is_restored()
    {
        Begin();
        Remove();
        Assert.StartsWith("imported 1 run with 2 values", _exprag.Import("--anew").Out, StringComparison.Ordinal);
        Shows(attempt: 2, "1", "2");
        Assert.Contains("1 run was there already", _exprag.Import("--anew").Out, StringComparison.Ordinal);
        Remove();
        Assert.Contains(LeftAlone, _exprag.Import().Out, StringComparison.Ordinal);
        Assert.StartsWith("imported 1 run with 2 values", _exprag.Import("--anew").Out, StringComparison.Ordinal);
        Undo();
        Shows(attempt: 3, "1", "2");
        Assert.Equal((3, 0), (_exprag.Load()[0].Attempts, Tool.Run("doctor", "--store", _exprag.Store).Exit));
    }

    [Fact]
    public void A_run_that_a_cleanup_has_freed_comes_anew_and_is_there()
    {
        Begin();
        Remove();
        Assert.Equal(0, Tool.Run("gc", "--store", _exprag.Store, "--yes").Exit);
        Assert.StartsWith("imported 1 run with 2 values", _exprag.Import().Out, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], Assert.Single(_exprag.Load()).Tracked.Select(t => t.Value.GetRawText()));
        Assert.Contains("1 run was there already", _exprag.Import().Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_of_a_journal_that_somebody_deleted_is_not_taken_for_said_of_the_next()
    {
        Begin();
        string journal = Assert.Single(Directory.GetFiles(Path.Combine(_exprag.Store, "runs")));
        Remove();
        File.Delete(journal);
        Assert.StartsWith("imported 1 run with 2 values", _exprag.Import().Out, StringComparison.Ordinal);
        Shows(attempt: 2, "1", "2");
        Assert.NotEqual(journal, Assert.Single(Directory.GetFiles(Path.Combine(_exprag.Store, "runs"))));
    }

    [Fact]
    public void Of_a_journal_with_several_runs_one_that_is_removed_comes_anew_beside_it()
    {
        using var metalab = MetalabFixture.Make();
        metalab.Import();
        RunRecord one = metalab.Load(MetalabFixture.One);
        Assert.Equal(0, Tool.Run("rm", one.Id, "--yes", "--store", metalab.Store).Exit);
        Assert.Contains(LeftAlone, metalab.Import().Out, StringComparison.Ordinal);
        Assert.Equal(3, metalab.Load().Count);
        Assert.StartsWith("imported 1 run with", metalab.Import("--anew").Out, StringComparison.Ordinal);
        RunRecord again = metalab.Load(MetalabFixture.One);
        Assert.Equal((2, "{\n  \"a\": 1\n}", 4), (again.Attempt, again.ArtifactText("summary"), metalab.Load().Count));
        Assert.Equal(0, Tool.Run("rm", "--undo", one.Id, "--store", metalab.Store).Exit);
        RunRecord both = metalab.Load(MetalabFixture.One);
        Assert.Equal((2, 2, 3, 4), (both.Attempt, both.Attempts, both.Series("train/loss").Count, metalab.Load().Count));
        Assert.Equal(0, Tool.Run("doctor", "--store", metalab.Store).Exit);
    }

    private void Begin()
    {
        _exprag.Begin().Track("1").Track("2");
        Assert.Equal(0, _exprag.Import().Exit);
    }

    private void Remove() => Assert.Equal(0, Tool.Run("rm", "1b4e28ba", "--yes", "--store", _exprag.Store).Exit);

    private void Undo() => Assert.Equal(0, Tool.Run("rm", "--undo", "1b4e28ba", "--store", _exprag.Store).Exit);

    private void Shows(int attempt, params string[] values)
    {
        RunRecord run = Assert.Single(_exprag.Load());
        Assert.Equal(attempt, run.Attempt);
        Assert.Equal(values, run.Tracked.Select(t => t.Value.GetRawText()));
    }
}
