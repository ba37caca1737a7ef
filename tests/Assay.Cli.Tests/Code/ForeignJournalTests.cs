using System.Runtime.Versioning;

namespace Assay.Cli.Tests.Code;

/// <summary>Journals come from anywhere: nothing in one leads git or a program out of the repository.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ForeignJournalTests : IDisposable
{
    private readonly CodeStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("HEAD")]
    [InlineData("main")]
    [InlineData("--upload-pack=touch x")]
    [InlineData("-q")]
    [InlineData("0123456789")]
    [InlineData("0123456789012345678901234567890123456789\\n0123456789012345678901234567890123456789")]
    [InlineData("g123456789012345678901234567890123456789")]
    [InlineData("٠123456789012345678901234567890123456789")]
    public void What_is_no_commit_is_refused_before_git_hears_of_it(string commit)
    {
        _store.Record();
        _store.Record($$"""{"commit":"{{commit}}","branch":"main","dirty":false,"head":"x","changes":0}""");
        foreach (string[] command in (string[][])[
            ["checkout", "latest"], ["replay", "latest"], ["diff", "latest"], ["diff", "latest~1", "latest"]])
        {
            string before = _store.Untouchables();
            ToolResult result = _store.Run(command);
            Assert.Equal((2, ""), (result.Exit, result.Out));
            Assert.StartsWith($"assay: run {CodeStore.Id(2)} says that its code is commit '", result.Error);
            Assert.Contains(
                "'; expected 40 or 64 hexadecimal digits. Its journal is damaged, or another program wrote it", result.Error,
                StringComparison.Ordinal);
            Assert.Equal(before, _store.Untouchables());
        }
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("src/../../x")]
    [InlineData("/etc")]
    [InlineData("..\\\\x")]
    [InlineData(".git/hooks")]
    [InlineData("a\\u0000b")]
    [InlineData("out")]
    public void A_folder_that_leads_out_of_the_repository_is_refused(string folder)
    {
        File.CreateSymbolicLink(_store.Repository.File("out"), "/");
        string commit = _store.Repository.Commit("a link to everything");
        _store.Record($$"""{"commit":"{{commit}}","branch":"main","dirty":false,"head":"{{commit}}","changes":0,"folder":"{{folder}}"}""");
        foreach (string[] command in (string[][])[["checkout", "latest"], ["replay", "latest"], ["replay", "latest", "--", "true"]])
        {
            ToolResult result = _store.Run(command);
            Assert.Equal((2, ""), (result.Exit, result.Out));
            Assert.StartsWith($"assay: run {CodeStore.Id(1)} says that it was started in the folder '", result.Error);
            Assert.Contains("' of its repository; expected a folder within it. ", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_program_is_not_looked_for_outside_of_the_checkout()
    {
        _store.RecordProgram($$"""{"assembly":"evil","file":"{{_store.Repository.Root}}/../evil.cs"}""");
        Directory.CreateDirectory(_store.Checkouts);
        File.WriteAllText(Path.Combine(_store.Checkouts, "evil.cs"), "");
        ToolResult result = _store.Run("replay", "latest");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Contains("is not part of the code", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_git_does_not_take_are_answered_with_a_sentence()
    {
        _store.Record();
        foreach (string path in (string[])["../elsewhere", "/etc/passwd", ":(nonsense)x"])
        {
            ToolResult result = _store.Run("diff", "latest", "--", "data.csv", path);
            Assert.Equal((2, ""), (result.Exit, result.Out));
            Assert.StartsWith($"assay: 'data.csv', '{path}' cannot be looked up (fatal: ", result.Error);
            Assert.EndsWith(
                $"). Expected files or folders within '{_store.Repository.Root}', relative to '{_store.Repository.Root}', or patterns "
                    + $"as git takes them.\n",
                result.Error);
            Assert.DoesNotContain("diff-tree", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_called_like_an_option_is_a_path()
    {
        _store.Repository.Write("--stat", "a\n");
        _store.Record();
        _store.Repository.Write("--stat", "b\n");
        ToolResult result = _store.Run("diff", "latest", "--", "--stat");
        Assert.Equal(0, result.Exit);
        Assert.Contains("+b\n", result.Out, StringComparison.Ordinal);
    }
}
