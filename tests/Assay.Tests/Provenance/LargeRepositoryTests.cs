using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using Assay.Git;
using Xunit.Abstractions;

namespace Assay.Tests.Provenance;

/// <summary>The start of a run does not depend on the number of files beyond what git needs to look at them.</summary>
[Trait("Category", "Slow")]
[Collection(ErrorOutput.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class LargeRepositoryTests(ITestOutputHelper output) : IDisposable
{
    private const string Trace = "GIT_TRACE2_EVENT";

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Among_10_000_files_a_start_costs_a_fixed_number_of_processes_and_reads_only_what_changed()
    {
        Write("files", 10_000);
        _repository.Git("config", "core.trustctime", "false");
        // Older than the index, so that git may rely on their times.
        DateTime old = DateTime.UtcNow.AddHours(-1);
        foreach (string file in Directory.EnumerateFiles(_repository.File("files"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, old);
        _repository.Commit("many");
        Assert.Equal((3, 0), Start(out _));

        // An edit that neither length nor time shows: if the file were read again, the snapshot would hold it.
        File.WriteAllText(_repository.File("files/07/0007.txt"), "FILE 7\n");
        File.SetLastWriteTimeUtc(_repository.File("files/07/0007.txt"), old);
        _repository.Write("files/08/0008.txt", "changed\n");
        Assert.Equal((10, 1), Start(out CodeState dirty));
        Assert.Equal("changed", _repository.Git("show", dirty.Commit + ":files/08/0008.txt"));
        Assert.Equal("file 7", _repository.Git("show", dirty.Commit + ":files/07/0007.txt"));

        Write("data", 1_000);
        Assert.Equal((10, 1_001), Start(out _));
    }

    private void Write(string folder, int files)
    {
        for (int i = 0; i < files; i++) _repository.Write($"{folder}/{i % 100:00}/{i:0000}.txt", $"file {i}\n");
    }

    private (int Processes, int Changes) Start(out CodeState state)
    {
        string folder = Directory.CreateDirectory(_repository.Beside($"trace-{Guid.NewGuid():N}")).FullName;
        Environment.SetEnvironmentVariable(Trace, folder);
        try
        {
            long start = Stopwatch.GetTimestamp();
            state = _repository.State();
            output.WriteLine($"{state.Changes.Count} changes: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
        }
        finally
        {
            Environment.SetEnvironmentVariable(Trace, null);
        }

        // Tests that run beside this one may call git in other folders.
        int processes = Directory.EnumerateFiles(folder).Count(file => File.ReadLines(file)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Any(e => e.TryGetProperty("worktree", out JsonElement tree) && tree.GetString() == _repository.Root));
        return (processes, state.Changes.Count);
    }
}
