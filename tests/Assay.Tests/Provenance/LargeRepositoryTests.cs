using System.Text.Json;

namespace Assay.Tests.Provenance;

/// <summary>Starting a run must not cost more in a large repository than git needs to look at it.</summary>
[Collection(ErrorOutput.Name)]
public sealed class LargeRepositoryTests : IDisposable
{
    private const string Trace = "GIT_TRACE2_EVENT";
    private readonly TestRepository _repository = new();

    public LargeRepositoryTests()
    {
        for (int i = 0; i < 10_000; i++) _repository.Write($"files/{i % 100:00}/{i:0000}.txt", $"file {i}\n");
        _repository.Git("config", "core.trustctime", "false");
        // Older than the index, so that git may go by their times.
        DateTime old = DateTime.UtcNow.AddHours(-1);
        foreach (string file in Directory.EnumerateFiles(_repository.File("files"), "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, old);
        _repository.Commit("many");
    }

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_clean_start_costs_two_processes_of_git()
    {
        int processes = Processes(() => Assert.False(_repository.State().Dirty));
        Assert.Equal(2, processes);
    }

    [Fact]
    public void So_it_does_where_git_was_told_to_pass_over_files()
    {
        _repository.Git(["update-index", "--assume-unchanged", .. Enumerable.Range(0, 100).Select(i => $"files/{i:00}/{i:0000}.txt")]);
        _repository.Git(["update-index", "--skip-worktree", .. Enumerable.Range(0, 100).Select(i => $"files/{i:00}/{i + 100:0000}.txt")]);
        int processes = Processes(() => Assert.False(_repository.State().Dirty));
        Assert.Equal(2, processes);
    }

    [Fact]
    public void A_dirty_start_reads_only_what_changed()
    {
        // An edit that neither length nor time betrays: were the file read again, the snapshot would hold it.
        string hidden = _repository.File("files/07/0007.txt");
        DateTime time = File.GetLastWriteTimeUtc(hidden);
        File.WriteAllText(hidden, "FILE 7\n");
        File.SetLastWriteTimeUtc(hidden, time);
        _repository.Write("files/08/0008.txt", "changed\n");
        CodeState state = _repository.State();
        Assert.Equal([".M files/08/0008.txt"], state.Changes);
        Assert.Equal("changed", _repository.Git("show", state.Commit + ":files/08/0008.txt"));
        Assert.Equal("file 7", _repository.Git("show", state.Commit + ":files/07/0007.txt"));
    }

    private int Processes(Action action)
    {
        string folder = Directory.CreateDirectory(_repository.Beside("trace")).FullName;
        Environment.SetEnvironmentVariable(Trace, folder);
        try
        {
            action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Trace, null);
        }

        // Tests beside this one may call git too, elsewhere.
        return Directory.EnumerateFiles(folder).Count(file => File.ReadLines(file).Select(l => JsonDocument.Parse(l).RootElement)
            .Any(e => e.TryGetProperty("worktree", out JsonElement tree) && tree.GetString() == _repository.Root));
    }
}
