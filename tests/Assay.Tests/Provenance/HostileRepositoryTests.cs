using System.Runtime.Versioning;
using Assay.Git;

namespace Assay.Tests.Provenance;

/// <summary>Nothing that comes with a clone is executed because a run starts or a store is cleaned up.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Category", "Quick")]
public sealed class HostileRepositoryTests : IDisposable
{
    private static readonly string[] Hooks = ["post-index-change", "reference-transaction", "pre-commit", "post-commit", "post-checkout"];

    private readonly TestRepository _repository = new();

    private string Mark => _repository.Beside("executed");

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData(".git/hooks")]
    [InlineData(".no-hooks")]
    [InlineData("hooks")]
    public void No_hook_runs_and_no_reflog_is_written(string folder)
    {
        foreach (string hook in Hooks.Select(name => $"{folder}/{name}"))
        {
            _repository.Write(hook, $"#!/bin/sh\ntouch {Mark}\n");
            File.SetUnixFileMode(_repository.File(hook), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (folder == "hooks") _repository.Git("config", "core.hooksPath", "hooks");
        _repository.Write("data.csv", "changed\n");
        CodeState state = _repository.State(SnapshotOptions.Branch);
        Assert.Equal((null, "run/0123"), (state.Fault, state.Branch));
        Assert.False(Directory.Exists(_repository.File(".git/logs/refs/heads/run")));
        Assert.False(File.Exists(Mark));
        // The hooks do run where they are not switched off.
        _repository.Git("-c", $"core.hooksPath={_repository.File(folder)}", "update-index", "--force-write-index");
        Assert.True(File.Exists(Mark));
    }

    [Fact]
    public void A_store_in_the_form_of_a_bare_repository_is_no_repository()
    {
        string store = PlantBareRepository();
        // Without the switches git runs the planted command.
        TestRepository.TryGit(store, "-c", "protocol.allow=always", "cat-file", "-e", new string('1', 40));
        Assert.True(File.Exists(Mark));
        File.Delete(Mark);

        (CodeState? state, string? why) = CodeState.Read(store, store, SnapshotOptions.Shared, "x");
        Assert.Null(state);
        Assert.Contains("cannot use bare repository", why, StringComparison.Ordinal);
        // The repository around it is read all the same, and the store stays out.
        _repository.Write("data.csv", "changed\n");
        Assert.Equal(["data.csv"], _repository.Captured(store: store, ignored: [.. Below(store)]).Changes.Select(change => change[3..]));
        Assert.False(File.Exists(Mark));
    }

    [Fact]
    public void Git_contacts_no_other_repository()
    {
        var git = new GitProgram(PlantBareRepository()) { Variables = new Dictionary<string, string> { ["GIT_DIR"] = "." } };
        // An explicit GIT_DIR is allowed; the missing object is still not fetched, and the remote is not asked.
        Assert.False(git.Run(null, "cat-file", "-e", new string('1', 40)).Succeeded);
        Assert.Contains("not allowed", git.Run(null, "ls-remote", "origin").Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Mark));
        TestRepository.TryGit(git.Folder, "ls-remote", "origin");
        Assert.True(File.Exists(Mark));
    }

    private string PlantBareRepository()
    {
        string store = _repository.File(".assay");
        _repository.Write(".assay/HEAD", "ref: refs/heads/main\n");
        _repository.Write(".assay/objects/.keep", "");
        _repository.Write(".assay/refs/.keep", "");
        _repository.Write(".assay/config", $"""
            [core]
                repositoryformatversion = 1
                bare = false
                worktree = .
            [extensions]
                partialClone = origin
            [remote "origin"]
                url = /tmp
                promisor = true
                uploadpack = "touch {Mark}; false"

            """);
        return store;
    }

    private IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_repository.Root, file));
}
