namespace Assay.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string[][] Asking =
        [["experiments"], ["ls"], ["ls", "iris"], ["show", "latest"], ["best", "accuracy"], ["stats", "iris"],
         ["compare", "latest", "latest~1"], ["history", "best:accuracy", "loss"], ["paths"],
         ["select", "lr"], ["tail", "--once"], ["why", "latest"], ["export", "--output", "runs.csv"], ["doctor"],
         ["series", "loss"], ["get", "best:accuracy", "model", "--output", "runs.csv"], ["gc", "--dry-run"],
         ["importance", "duration", "--params", "experiment", "--earlier"], ["plot", "accuracy", "iris"], ["report"],
         ["power", "--metric", "duration", "--by", "status", "--replicates", "5", "--earlier"]];

    private static readonly string[][] Writing = [
        ["note", "latest", "text"], ["tag", "latest", "+good"], ["rm", "latest", "--yes"], ["rm", "latest", "--undo"], ["gc", "--yes"]];

    public static TheoryData<string[]> Questions => [.. Asking];

    public static TheoryData<string[]> EveryCommand => [.. Asking, .. Writing];

    /// <summary>Commands that need a repository besides; that they change nothing is shown where there is one.</summary>
    public static TheoryData<string[]> CodeCommands =>
        [["diff", "latest"], ["diff", "latest", "latest~1", "--", "src"], ["checkout", "latest"], ["replay", "latest", "--", "true"]];

    /// <summary>The import is the one that makes a store.</summary>
    [Fact]
    public void Every_command_of_a_store_is_called_here() => Assert.Equal(
        AssayTool.Questions.Select(q => q.Command?.Name).OfType<string>().Except(["import"]).ToHashSet(),
        Asking.Concat(Writing).Select(call => call[0]).Concat(["diff", "checkout", "replay", "derive"]).ToHashSet());

    [Theory]
    [MemberData(nameof(EveryCommand))]
    [MemberData(nameof(CodeCommands))]
    public void A_missing_store_is_exit_code_3_and_nothing_is_created(string[] command)
    {
        using var folder = new TempFolder();
        ToolResult result = Tool.Run([command[0], "--store", folder.File("nothing", "here"), .. command[1..]]);
        Assert.Equal((3, ""), (result.Exit, result.Out));
        Assert.StartsWith(
            $"assay: there is no store at '{folder.File("nothing", "here")}': expected a folder with a store.json in it.", result.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    [MemberData(nameof(CodeCommands))]
    public void A_store_of_a_newer_format_is_refused_and_left_alone(string[] command)
    {
        using var store = new StoreFixture(format: 2);
        string before = store.Snapshot();
        ToolResult result = Tool.Run([command[0], "--store", store.Path, .. command[1..]]);
        Assert.Equal((3, ""), (result.Exit, result.Out));
        Assert.Contains("has format 2; this version of Assay", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, store.Snapshot());
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void No_command_that_only_asks_changes_the_store(string[] command)
    {
        using StoreFixture store = SampleStore.Make();
        using var folder = new TempFolder();
        string before = store.Snapshot();
        int exit = store.Run([.. command.Select(a => a == "runs.csv" ? folder.File(a) : a)]).Exit;
        Assert.Equal(0, exit);
        Assert.Equal(before, store.Snapshot());
    }

    [Theory]
    [InlineData("'lss' is no command; expected COMMANDS. Did you mean 'ls'? See 'assay --help'.", "lss")]
    [InlineData("'lss' is no command; expected COMMANDS. Did you mean 'ls'? See 'assay --help'.", "lss", "--limit", "3")]
    [InlineData("'docter' is no command; expected COMMANDS. Did you mean 'doctor'? See 'assay --help'.", "docter")]
    [InlineData("'zzzzzzz' is no command; expected COMMANDS. See 'assay --help'.", "zzzzzzz")]
    [InlineData("'--json' stands before the command; put it behind, as in 'assay ls --json …'. See 'assay ls --help'.", "--json", "ls")]
    [InlineData(
        "'--jsn' is no option of 'assay ls'; expected --status, --where, --since, --until, --tag, --earlier, --sort, --columns, --limit, "
            + "--all, --oldest, --store, --json, --help. Did you mean '--json'? See 'assay ls --help'.", "ls", "--jsn")]
    [InlineData(
        "'--jsn' is no option of 'assay doctor'; expected --store, --json, --help. Did you mean '--json'? See 'assay doctor --help'.",
        "doctor", "--jsn")]
    [InlineData(
        "'--stat' is no option of 'assay ls'; expected --status, --where, --since, --until, --tag, --earlier, --sort, --columns, "
            + "--limit, --all, --oldest, --store, --json, --help. Did you mean '--status'? See 'assay ls --help'.",
        "ls", "--stat", "failed")]
    [InlineData(
        "'-n' is no option of 'assay ls'; expected --status, --where, --since, --until, --tag, --earlier, --sort, --columns, "
            + "--limit, --all, --oldest, --store, --json, --help. See 'assay ls --help'.", "ls", "iris", "-n", "3")]
    [InlineData(
        "'--limt' is no option of 'assay ls'; expected --status, --where, --since, --until, --tag, --earlier, --sort, --columns, "
            + "--limit, --all, --oldest, --store, --json, --help. Did you mean '--limit'? See 'assay ls --help'.", "ls", "--limt=3")]
    [InlineData("'b' is one argument too many for 'assay ls'. Put a value with spaces in quotes. See 'assay ls --help'.", "ls", "a", "b")]
    [InlineData("--limit is '0'; expected a whole number from 1. See 'assay ls --help'.", "ls", "--limit", "0")]
    [InlineData("--limit is 'ten'; expected a whole number from 1. See 'assay ls --help'.", "ls", "--limit", "ten")]
    [InlineData("--store: the path is empty; expected the path or URL of a store. See 'assay ls --help'.", "ls", "--store", "")]
    [InlineData(
        "--store: the path is empty; expected the path or URL of a store. See 'assay rm --help'.", "rm", "latest", "--yes", "--store= ")]
    [InlineData("--store: the path is empty; expected the path or URL of a store. See 'assay mcp --help'.", "mcp", "--store", "")]
    [InlineData("--status is 'done'; expected running, success, failed, cancelled, interrupted. Correct it.", "ls", "--status", "done")]
    public void Wrong_usage_is_exit_code_2_and_says_what_was_expected(string message, params string[] arguments)
    {
        string commands = string.Join(", ", AssayTool.Commands([]).Select(c => c.Text.Name));
        string expected = message.Replace("COMMANDS", commands, StringComparison.Ordinal);
        Assert.Equal(new ToolResult(2, "", $"assay: {expected}\n"), Tool.Run(arguments));
    }

    [Fact]
    public void A_missing_argument_or_option_is_wrong_usage()
    {
        Assert.Equal(2, Tool.Run("show").Exit);
        Assert.Contains("'RUN'", Tool.Run("show").Error, StringComparison.Ordinal);
        Assert.Contains("--output", Tool.Run("export").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_experiment_lists_those_there_are()
    {
        using StoreFixture store = SampleStore.Make();
        ToolResult result = store.Run("ls", "irris");
        Assert.Equal(2, result.Exit);
        Assert.Equal(
            "assay: the store 'STORE' has no experiment 'irris'; it has pi:2, iris:1. Correct the name, or run it first.\n", result.Error);
    }

    [Fact]
    public void No_command_at_all_is_wrong_usage_and_shows_the_help()
    {
        ToolResult result = Tool.Run();
        Assert.Equal((2, ""), (result.Exit, result.Out));
        Assert.Equal(Tool.Run("--help").Out, result.Error);
    }

    [Fact]
    public void The_version_stands_alone() => Assert.Matches(@"^\d+\.\d+\.\d+\n$", Tool.Run("--version").Out);
}
