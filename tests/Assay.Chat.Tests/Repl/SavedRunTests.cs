using System.Text.Json;

namespace Assay.Chat.Tests;

/// <summary>Files of saved runs: as the original writes them, and ours.</summary>
public class SavedRunTests
{
    // JSON.stringify(runs, null, 4) of the original.
    private const string Original = """
        [
            {
                "data": {
                    "A": 1,
                    "B": 2
                },
                "answer": 3,
                "status": "COMPLETE",
                "context": [
                    {
                        "role": "system",
                        "content": "Add the two numbers provided"
                    },
                    {
                        "role": "user",
                        "content": "A: 1 B: 2"
                    }
                ],
                "score": "CORRECT",
                "logs": [
                    "Setup Complete",
                    {
                        "Old Context": []
                    }
                ]
            },
            {
                "data": {
                    "A": 40,
                    "B": 2
                },
                "answer": null,
                "status": "INCOMPLETE",
                "context": [],
                "score": null,
                "logs": []
            }
        ]
        """;

    [Fact]
    public void A_file_of_the_original_loads_and_is_saved_as_it_was()
    {
        using var scripts = new ReplScripts();
        File.WriteAllText(scripts.File("original.json"), Original);
        (int code, string text) = scripts.Run(
            "load FOLDER/original.json", "ls", "s", "detail original:0 sums:1", "save FOLDER/again.json r:sums:1|original");
        Assert.Equal(0, code);
        Assert.Equal(Original, File.ReadAllText(scripts.File("again.json")));
        Approved.Matches("original", text);
    }

    [Fact]
    public void What_a_file_says_is_complete_is_not_run_again_and_the_rest_is()
    {
        using var scripts = new ReplScripts();
        File.WriteAllText(scripts.File("original.json"), Original);
        (int code, string text) = scripts.Run("load FOLDER/original.json", "run_n 2 r:sums:1|original", "ls r:sums:1|original");
        Assert.Equal(0, code);
        Assert.Equal(1, scripts.Client.Calls);
        Assert.EndsWith("1      original:0  COMPLETE  correct\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Saved_runs_have_exactly_the_members_of_the_page_and_load_into_their_batches()
    {
        using var scripts = new ReplScripts();
        (int code, string text) = scripts.Run("run_n 8", "save FOLDER/runs.json", "load FOLDER/runs.json", "ls", "clear_runs", "ls",
            "load FOLDER/runs.json", "ls", "save FOLDER/again.json");
        Assert.Equal(0, code);
        string saved = File.ReadAllText(scripts.File("runs.json"));
        Assert.Equal(saved, File.ReadAllText(scripts.File("again.json")));
        foreach (JsonElement run in JsonElement.Parse(saved).EnumerateArray())
        {
            Assert.Equal(["data", "answer", "status", "context", "score", "logs"], run.EnumerateObject().Select(member => member.Name));
            Assert.Contains(run.GetProperty("status").GetString(), (string[])["COMPLETE", "INCOMPLETE", "FAIL", "READY"]);
            Assert.Contains(run.GetProperty("score").GetString(), (string?[])["CORRECT", "INCORRECT", null]);
            Assert.All(run.GetProperty("context").EnumerateArray(), message =>
                Assert.Equal(JsonValueKind.String, message.GetProperty("content").ValueKind));
        }

        Approved.Matches("saved", saved);
        Approved.Matches("saved-and-loaded", text);
    }

    [Fact]
    public void A_tool_call_is_saved_in_the_form_of_the_api()
    {
        using var scripts = new ReplScripts();
        ChatExperiment<string, string> experiment = ChatExperiment.Create<string, string>("tools", scripts.Client)
            .Step((run, _) =>
            {
                run.Context.AddRange([
                    new ChatMessage(ChatRole.User, "What is the time?"),
                    new ChatMessage(ChatRole.Assistant,
                        [new FunctionCallContent("c1", "time", new Dictionary<string, object?> { ["zone"] = "UTC" })]),
                    new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "noon")])]);
                return Task.FromResult(Next.Stop);
            })
            .Add("all", ["x"]);
        Assert.Equal(0, scripts.Run(experiment, "run_n 1", "save FOLDER/tools.json").Code);
        Approved.Matches("tool-call", File.ReadAllText(scripts.File("tools.json")));
    }

    [Theory]
    [InlineData("""[{"data":{"A":1,"B":2},"status":"DONE"}]""", "has the status 'DONE'; expected COMPLETE, INCOMPLETE, FAIL, READY.")]
    [InlineData("""[{"data":{"A":1,"B":2},"status":"READY","score":"GOOD"}]""", "has the score 'GOOD'")]
    [InlineData("""[{"data":{"A":1,"B":2},"status":"READY","context":"x"}]""", "has a context of the kind String; expected an array.")]
    [InlineData("""[{"data":{"A":"one","B":2},"status":"READY"}]""", "the data of run 0 of 'bad' are no Numbers")]
    [InlineData("""[{"A":1}]""", "is no list of saved runs")]
    [InlineData("""[]""", "is no list of saved runs")]
    [InlineData("""{"a":""", "is no list of saved runs")]
    public void A_file_with_a_fault_is_a_message_and_changes_nothing(string json, string message)
    {
        using var scripts = new ReplScripts();
        File.WriteAllText(scripts.File("bad.json"), json);
        (int code, string text) = scripts.Run("load FOLDER/bad.json", "s");
        Assert.Equal(1, code);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.EndsWith("0 of 5 runs complete (0 %), 0 failed, 0 incomplete, 5 ready\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_for_the_load_function_with_its_arguments()
    {
        using var scripts = new ReplScripts();
        File.WriteAllLines(scripts.File("numbers.txt"), ["1 2", "3 4"]);
        scripts.Experiment.OnLoad((experiment, arguments) =>
            experiment.Add(arguments[1], File.ReadLines(arguments[0]).Select(line => line.Split(' '))
                .Select(parts => new Numbers(int.Parse(parts[0], null), 100 * int.Parse(parts[1], null)))));
        (int code, string text) = scripts.Run(
            "load FOLDER/numbers.txt more", "load FOLDER/numbers.txt more", "load FOLDER/missing.txt other", "load FOLDER/numbers.txt",
            "ls more");
        Assert.Equal(1, code);
        Approved.Matches("load-function", text);
    }
}
