using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.Cli.Tests.Code;

namespace Assay.Cli.Tests;

/// <summary>Holds <c>docs/reference/cli.md</c> to what the commands themselves say and write.</summary>
public sealed class ReferenceTests
{
    private static readonly string Reference = File.ReadAllText(Path.Combine(Folder(), "..", "..", "docs", "reference", "cli.md"));

    [Fact]
    public void The_reference_is_made_from_the_declarations()
    {
        string path = Repository.File("docs", "reference", "cli.md"), received = Repository.File("docs", "reference", "cli.received.txt");
        string right = Reference;
        string? previous = null;
        foreach (string command in AssayTool.Commands([]).Select(c => c.Text.Name))
        {
            right = WithHelp(right, command, previous);
            previous = command;
        }

        right = Replacing(
            right, "### Exit codes\n\n", "\n## ",
            Table("| code | meaning |\n|---|---|", ExitCodes.All.Select(e => $"| {e.Code} | {e.Meaning} |")));
        right = Replacing(
            right, "| kind | severity | meaning |\n|---|---|---|\n", "\nThe JSON answer",
            string.Concat(FindingKind.All.Select(k => $"| `{k.Name}` | {k.Severity} | {k.Meaning} |\n")));
        string facts = Table("| fact | holds |\n|---|---|", BuiltInField.All.Select(f => $"| `{f.Name}` | {f.Meaning} |"));
        right = Replacing(right, "## Names of values\n\n", "\n## ", $"{ConditionHelp.Names}\n\n{facts}");
        right = Replacing(right, "## Conditions\n\n", "\n\nA condition that", ConditionHelp.Conditions);
        if (right == Reference) return;
        File.WriteAllText(received, right);
        Assert.Fail($"{path} is stale: compare it with {received} and copy that over if it is right.");
    }

    /// <summary>Adding a question is one folder and a line in the catalog: all else is made from it.</summary>
    [Fact]
    public void Every_question_is_a_command_or_a_tool_with_a_section_in_the_reference()
    {
        string[] commands = [.. AssayTool.Commands([]).Select(c => c.Text.Name)];
        string tools = File.ReadAllText(Repository.File("docs", "reference", "mcp.md"));
        Assert.All(AssayTool.Questions, question =>
        {
            Assert.True(question.Command is not null || question.Tool is not null, question.GetType().Name);
            if (question.Command is { } command) Assert.Contains(command.Name, commands);
            if (question.Command is { } shown) Section($"### `assay {shown.Name}`");
            if (question.Tool is { } tool) Assert.Contains($"### `{tool.Name}`\n", tools, StringComparison.Ordinal);
        });
        Type[] declared = [.. typeof(Question).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Question)) && !t.IsAbstract)];
        Assert.Equal(declared.ToHashSet(), QuestionCatalog.All.Append(QuestionCatalog.Overview).Select(q => q.GetType()).ToHashSet());
    }

    // The section of a new command goes behind that of the command before it in the help.
    private static string WithHelp(string page, string command, string? previous)
    {
        // The exit codes stand in the reference once, as a table.
        string help = Tool.Run(command, "--help").Out.Split("Exit codes:")[0].TrimEnd();
        string heading = $"### `assay {command}`\n\n```text\n";
        if (page.Contains(heading, StringComparison.Ordinal)) return Replacing(page, heading, "```", help + "\n");
        string before = previous is null ? "## Commands" : $"### `assay {previous}`";
        int from = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        Match next = Regex.Match(page[from..], "^##", RegexOptions.Multiline);
        return page.Insert(next.Success ? from + next.Index : page.Length, $"{heading}{help}\n```\n\n");
    }

    private static string Table(string head, IEnumerable<string> rows) => $"{head}\n{string.Concat(rows.Select(r => r + "\n"))}";

    private static string Replacing(string page, string from, string to, string text)
    {
        int start = page.IndexOf(from, StringComparison.Ordinal) + from.Length, end = page.IndexOf(to, start, StringComparison.Ordinal);
        Assert.True(start >= from.Length && end >= 0, $"docs/reference/cli.md has no part from '{from}' to '{to}'.");
        return page[..start] + text + page[end..];
    }

    [Fact]
    public void Every_field_of_every_answer_is_in_the_reference()
    {
        using StoreFixture store = SampleStore.Make();
        using var exprag = new Importing.ExpragFixture();
        exprag.Begin().Track("1").Raw("ruin\n");
        store.Journal("z").Raw("ruin\n").Begin(9).Line(9, "track", """{"step":1}""");
        string[][] calls =
        [
            ["experiments"], ["ls"], ["ls", "--columns", "lr"], ["show", StoreFixture.Id(2)], ["show", StoreFixture.Id(1)],
            ["why", StoreFixture.Id(4)], ["export", "-o", store.File("x.csv")], ["doctor"], ["best", "accuracy"],
            ["best", "accuracy", "--by", "params"], ["stats", "iris"],
            ["compare", "--earlier", "--metric", "duration", "--between", "experiment=iris,pi"],
            ["importance", "duration", "--params", "experiment", "--earlier"], ["plot", "accuracy", "iris"], ["report"],
            ["power", "--metric", "duration", "--by", "status", "--replicates", "5", "--earlier"],
            ["compare", StoreFixture.Id(1), StoreFixture.Id(4)], ["history", StoreFixture.Id(1), "loss"], ["series", "loss"],
            ["series", "loss", "--by", "params", "-o", store.File("s.csv")], ["get", StoreFixture.Id(1), "--all", "-o", store.File("all")],
            ["paths"], ["select", "step"],
            ["select", "lr", "--distinct"], ["tail", "--once"], ["skill"], ["import", "exprag", exprag.Root],
            ["note", StoreFixture.Id(1), "seen"], ["show", StoreFixture.Id(1)], ["tag", StoreFixture.Id(1), "+good"],
            ["rm", StoreFixture.Id(5), "--yes"],
            ["rm", StoreFixture.Id(5), "--undo"], ["rm", StoreFixture.Id(5), "--yes"], ["gc"], ["gc", "--yes"],
        ];
        // Each command has a call here or in the test below; the MCP server answers nothing.
        Assert.Equal(
            AssayTool.Commands([]).Select(c => c.Text.Name).ToHashSet(),
            calls.Select(c => c[0]).Concat(["diff", "checkout", "replay", "derive", "mcp"]).ToHashSet());
        foreach (string[] call in calls)
        {
            Described(call[0], (call[0] == "skill" ? Tool.Run("skill", "--json") : store.Run([.. call, "--json"])).Out);
        }
    }

    [Fact]
    public void Every_field_of_the_answers_about_code_is_in_the_reference()
    {
        using var store = new CodeStore();
        store.Repository.Write("data.csv", "changed\n");
        store.Repository.Write(".env", "TOKEN=1\n");
        store.Record();
        Described("diff", store.Run("diff", "latest", "--json").Out);
        store.Repository.Write("data.csv", "changed again\n");
        Described("diff", store.Run("diff", "latest", "--json").Out);
        Described("checkout", store.Run("checkout", "latest", "--json").Out);
        Described(
            "replay",
            JsonText.Of(
                new ReplayReport(
                    "", "", "", "", true, 0, 1, 0, [new ReplayedValue("", "", true, null, null, null, null, 1, 0)], 0,
                    [new ReplayedArtifact("", true, "", "", 0, 0)], "", "", [], "", 0, "", "", "", null, [])));
        Described("checkout", JsonText.Of(new RestoredSubmodule("", "", true)));
        Described("derive", JsonText.Of(new DeriveMetricsReport("", [], "", "", 0, [], 0, 0, [])));
    }

    private static void Described(string command, string json)
    {
        using JsonDocument answer = JsonDocument.Parse(json);
        string section = Section($"### `assay {command}`");
        Assert.All(Fields(answer.RootElement), field =>
            Assert.True(
                section.Contains($"`{field}`", StringComparison.Ordinal),
                $"docs/reference/cli.md, `assay {command}`: the field `{field}` of the JSON answer is not described."));
    }

    // The content of these is the user's, not ours; schema_version is described once for all answers.
    private static readonly HashSet<string> Free =
        ["params", "labels", "metrics", "derived", "metadata", "fingerprints", "git", "by_status", "values", "omitted", "group", "by"];

    private static IEnumerable<string> Fields(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object =>
            json.EnumerateObject().SelectMany(
                p => Free.Contains(p.Name) ? [p.Name] : Fields(p.Value).Prepend(p.Name)).Where(f => f != "schema_version").Distinct(),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Fields).Distinct(),
        _ => [],
    };

    private static string Section(string heading)
    {
        int from = Reference.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(from >= 0, $"docs/reference/cli.md has no section '{heading}'.");
        int to = Reference.IndexOf("\n### ", from + 1, StringComparison.Ordinal);
        return to < 0 ? Reference[from..] : Reference[from..to];
    }

    private static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
