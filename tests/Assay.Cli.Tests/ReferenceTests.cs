using System.Runtime.CompilerServices;
using System.Text.Json;
using Assay.Cli.Tests.Code;

namespace Assay.Cli.Tests;

/// <summary>Holds <c>docs/reference/cli.md</c> to what the commands themselves say and write.</summary>
public sealed class ReferenceTests
{
    private static readonly string Reference = File.ReadAllText(Path.Combine(Folder(), "..", "..", "docs", "reference", "cli.md"));

    public static TheoryData<string> CommandNames => [.. AssayTool.Commands([]).Select(c => c.Definition.Name)];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void The_help_of_each_command_is_in_the_reference(string command)
    {
        // The exit codes stand in the reference once, as a table.
        string help = Tool.Run(command, "--help").Out.Split("Exit codes:")[0].TrimEnd();
        Contains($"### `assay {command}`\n\n```text\n{help}\n```");
    }

    [Fact]
    public void The_exit_codes_are_in_the_reference() =>
        Contains(string.Concat(ExitCodes.All.Select(e => $"| {e.Code} | {e.Meaning} |\n")));

    [Fact]
    public void The_kinds_of_findings_are_in_the_reference() =>
        Contains(string.Concat(FindingKinds.All.Select(k => $"| `{k.Kind}` | {k.Severity} | {k.Meaning} |\n")));

    [Fact]
    public void The_language_of_names_and_conditions_is_in_the_reference()
    {
        Contains(ConditionHelp.Names);
        Contains(ConditionHelp.Conditions);
        Contains(string.Concat(BuiltInField.All.Select(f => $"| `{f.Name}` | {f.Meaning} |\n")));
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
            ["experiments"], ["ls"], ["ls", "--columns", "lr"], ["show", StoreFixture.Id(2)], ["show", StoreFixture.Id(1)], ["why", StoreFixture.Id(4)], ["export", "-o", store.File("x.csv")], ["doctor"],
            ["best", "accuracy"], ["best", "accuracy", "--by", "params"], ["compare", StoreFixture.Id(1), StoreFixture.Id(4)], ["history", StoreFixture.Id(1), "loss"], ["paths"],
            ["select", "step"], ["select", "lr", "--distinct"], ["tail", "--once"], ["skill"], ["import", "exprag", exprag.Root],
            ["note", StoreFixture.Id(1), "seen"], ["show", StoreFixture.Id(1)], ["tag", StoreFixture.Id(1), "+good"], ["rm", StoreFixture.Id(5), "--yes"], ["rm", StoreFixture.Id(5), "--undo"],
            ["rm", StoreFixture.Id(5), "--yes"], ["gc"], ["gc", "--yes"],
        ];
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
        Described("replay", JsonText.Of(new ReplayReport("", "", "", "", true, 0, 1, 0, [new ReplayedValue("", "", true, null, null, null, null, 1, 0)], 0, [new ReplayedArtifact("", true, "", "", 0, 0)], "", "", [], "", 0, "", "", "", null, [])));
        Described("checkout", JsonText.Of(new RestoredSubmodule("", "", true)));
    }

    private static void Described(string command, string json)
    {
        using JsonDocument answer = JsonDocument.Parse(json);
        string section = Section($"### `assay {command}`");
        Assert.All(Fields(answer.RootElement), field =>
            Assert.True(section.Contains($"`{field}`", StringComparison.Ordinal), $"docs/reference/cli.md, `assay {command}`: the field `{field}` of the JSON answer is not described."));
    }

    // The content of these is the user's, not ours; schema_version is described once for all answers.
    private static readonly HashSet<string> Free =
        ["params", "labels", "metrics", "metadata", "fingerprints", "git", "by_status", "values", "omitted", "group"];

    private static IEnumerable<string> Fields(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Free.Contains(p.Name) ? [p.Name] : Fields(p.Value).Prepend(p.Name)).Where(f => f != "schema_version").Distinct(),
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

    private static void Contains(string text) =>
        Assert.True(Reference.Contains(text, StringComparison.Ordinal), $"docs/reference/cli.md is stale; it should contain:\n{text}");

    private static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
