using System.Runtime.Versioning;

namespace Assay.Cli.Tests.Code;

/// <summary>From what a journal says of a program to how it is started again.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReplayCommandLineTests : IDisposable
{
    private readonly CodeStore _store = new();

    private string Root => _store.Repository.Root;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_program_in_a_file_is_found_where_it_was()
    {
        Commit("a/x.cs", "b/x.cs");
        Assert.Equal($"dotnet run --file {Root}/b/x.cs --configuration Debug -- --fast 'two words' ''", Of($$"""
            {"assembly":"x","file":"{{Root}}/b/x.cs","configuration":"Debug"}
            """.OneLine(), "src", """["/x/x.dll","--fast","two words",""]""").ToString());
        Assert.Equal(Path.Combine(Root, "src"), Of($$"""{"assembly":"x","file":"{{Root}}/b/x.cs"}""", "src").Folder);
    }

    [Fact]
    public void What_is_printed_is_one_command_for_a_shell()
    {
        string[] arguments = ["-c", "printf '%s|' \"$@\"", "it's", "$HOME", "a;b", "*", "~", "x\\y", "# no", "", "--lr=0.1"];
        var command = new ProgramCommandLine("sh", arguments, Root);
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-c", command.ToString()]) { RedirectStandardOutput = true })!;
        // What stands behind the command of sh -c first is its name.
        Assert.Equal(string.Concat(arguments[3..].Select(a => a + "|")), shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
        Assert.EndsWith(" --lr=0.1", command.ToString());
    }

    [Fact]
    public void A_program_in_a_file_that_was_elsewhere_is_found_by_its_name_if_that_is_unique()
    {
        Commit("a/x.cs", "b/x.cs", "c/y.cs");
        Assert.Equal(["run", "--file", Path.Combine(Root, "c/y.cs"), "--"], Of("""{"assembly":"y","file":"/home/other/y.cs"}""").Arguments);
        Refused("""{"assembly":"x","file":"/home/other/x.cs"}""", "its program '/home/other/x.cs' is not part of the code");
    }

    [Fact]
    public void A_project_is_found_by_what_it_makes()
    {
        _store.Repository.Write("one/Net.csproj", "<Project/>");
        _store.Repository.Write("two/Other.fsproj",
            "<Project><PropertyGroup><AssemblyName>named</AssemblyName>"
                + "<TargetFrameworks>net8.0;net10.0</TargetFrameworks></PropertyGroup></Project>");
        _store.Repository.Commit("projects");
        Assert.Equal(["run", "--project", Path.Combine(Root, "one/Net.csproj"), "--configuration", "Release", "--"], Of("""
            {"assembly":"Net","path":"/published/Net.dll","configuration":"Release","framework":".NETCoreApp,Version=v10.0"}
            """.OneLine()).Arguments);
        Assert.Equal(["run", "--project", Path.Combine(Root, "two/Other.fsproj"), "--framework", "net10.0", "--"], Of("""
            {"assembly":"named","path":"/x/named.dll","framework":".NETCoreApp,Version=v10.0"}
            """.OneLine()).Arguments);
        Refused("""{"assembly":"testhost","path":"/x/testhost.dll"}""", "no project in its code makes 'testhost', which it was");
    }

    [Fact]
    public void Of_projects_that_make_the_same_the_one_is_taken_that_stood_around_what_was_built()
    {
        _store.Repository.Write("one/Net.csproj", "<Project/>");
        _store.Repository.Write("one/inner/Net.csproj", "<Project/>");
        _store.Repository.Write("two/Net.csproj", "<Project/>");
        _store.Repository.Commit("projects");
        Assert.Contains(Path.Combine(Root, "one/inner/Net.csproj"), Of($$"""
            {"assembly":"Net","path":"{{Root}}/one/inner/bin/Debug/net10.0/Net.dll"}
            """.OneLine(), "src").Arguments);
        Refused(
            """{"assembly":"Net","path":"/published/Net.dll"}""",
            "several projects in its code make 'Net': one/Net.csproj, one/inner/Net.csproj, two/Net.csproj");
    }

    [Theory]
    [InlineData("""["/x/x.dll","--api-key","***"]""")]
    [InlineData("""["/x/x.dll","--password=***"]""")]
    public void A_command_line_that_held_a_secret_is_not_made_up(string arguments)
    {
        Commit("x.cs");
        Refused("""{"assembly":"x","file":"/x/x.cs"}""", "its command line had a password or key, which is not recorded", arguments);
    }

    [Fact]
    public void Where_nothing_is_known_of_the_program_the_command_is_asked_for()
    {
        Refused("null", "its journal does not say what program it was");
        RunRecord run = _store.RecordProgram("null");
        var named = ReplayCommandLine.Of(run, RecordedCode.Of(run), Root, ["python", "train.py", "--lr", "0.1"]);
        Assert.Equal(("python", "train.py --lr 0.1", Root), (named.Program, string.Join(' ', named.Arguments), named.Folder));
    }

    [Fact]
    public void A_command_that_is_not_there_is_told()
    {
        _store.Record();
        ToolResult result = _store.Run("replay", "latest", "--", "no-such-program", "--option");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.StartsWith($"assay: 'no-such-program --option' cannot be started in '{_store.Checkout(1)}': ", result.Error);
    }

    [Theory]
    [InlineData(
        "assay: --tolerance is '-1'; expected a number from 0 to less than 1, such as 1e-9.\n", "replay", "latest", "--tolerance", "-1")]
    [InlineData(
        "assay: --tolerance is 'NaN'; expected a number from 0 to less than 1, such as 1e-9.\n", "replay", "latest", "--tolerance", "NaN")]
    [InlineData("assay: 'dotnet' is not what a run is called", "replay", "latest", "dotnet", "run")]
    [InlineData(
        "assay: 3 runs are named; expected one or two. Put paths behind --, as in 'assay diff latest~1 latest -- src'.\n", "diff", "latest",
        "latest", "src")]
    [InlineData(
        "assay: '--exept' is no option of 'assay replay'; expected --tolerance, --except, --path, --yes, --store, --json, --help. "
            + "Did you mean '--except'? See 'assay replay --help'.\n", "replay", "latest", "--exept", "x", "--", "dotnet", "--version")]
    public void Wrong_usage_says_what_was_expected(string message, params string[] arguments)
    {
        _store.Record();
        ToolResult result = _store.Run(arguments);
        Assert.Equal((2, ""), (result.Exit, result.Out));
        if (message.EndsWith('\n')) Assert.Equal(message, result.Error);
        else Assert.Contains("expected one. Put the command behind --", result.Error, StringComparison.Ordinal);
    }

    private void Commit(params string[] files)
    {
        foreach (string file in files) _store.Repository.Write(file, "\n");
        _store.Repository.Commit("files");
    }

    private ProgramCommandLine Of(string program, string folder = "", string arguments = """["/x/x.dll"]""")
    {
        RunRecord run = _store.RecordProgram(program, Path.TrimEndingDirectorySeparator(Path.Combine(Root, folder)), arguments);
        return ReplayCommandLine.Of(run, RecordedCode.Of(run), Root, []);
    }

    private void Refused(string program, string why, string arguments = """["/x/x.dll"]""")
    {
        RunRecord run = _store.RecordProgram(program, null, arguments);
        string message = Assert.Throws<AssayException>(() => ReplayCommandLine.Of(run, RecordedCode.Of(run), Root, [])).Message;
        Assert.Equal($"run {run.Id} cannot be run again by itself: {why}. "
                + "Expected a program that 'dotnet run' builds from the code of the run. " +
            $"Say how it is run, from the folder it was started in: assay replay {run.Id[..8]} -- dotnet run samples/x.cs", message);
    }
}
