using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Assay.Chat.Tests;

/// <summary>Runs each row of <c>docs/reference/chat.md</c>.</summary>
public class ReplPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.File("docs", "reference", "chat.md"));

    [Fact]
    public void Each_command_of_the_page_does_what_its_row_says()
    {
        using var scripts = new ReplScripts();
        File.WriteAllLines(scripts.File("numbers.txt"), ["1", "2"]);
        scripts.Experiment.OnLoad((experiment, arguments) =>
            experiment.Add(arguments[1], File.ReadLines(arguments[0]).Select(line => new Numbers(int.Parse(line, null), 50))));
        string[] lines = [.. Rows("Commands").SelectMany(row => row.Split("` then `"))];
        Assert.True(lines.Length >= 20, $"{lines.Length} lines");
        (int code, string text) = scripts.Run([.. lines.Select(line => Regex.Replace(line, @"\S+\.(json|txt)", "FOLDER/$0"))]);
        Assert.DoesNotContain("error: ", text, StringComparison.Ordinal);
        Assert.Equal(0, code);
        string[] added = ["errors", "edit", "score", "cost", "diff", "export", "report"];
        Assert.Equal(ReplCommand.All.Select(command => command.Names[0]).Except(added).Order(),
            lines.Select(line => line.Split(' ')[0]).Distinct().Order());
        Approved.Matches("page", text);
    }

    [Fact]
    public async Task Each_type_and_function_of_the_page_is_there()
    {
        using var scripts = new ReplScripts();
        using var folder = new TempFolder();
        ChatExperiment<Numbers, int> experiment = Experiments.Addition(scripts.Client);
        IChatClient client = scripts.Client;
        Numbers[] data = [new(5, 6)];
        var options = new ReplOptions { Runs = Experiments.In(folder), Input = TextReader.Null, Output = TextWriter.Null };
        await experiment.RunAsync(options.Runs);
        ChatRun<Numbers, int> run = experiment.LoadRuns(options.Runs)[1];
        var cases = new Dictionary<string, Func<object?>>();
        void Row(Func<object?> code, [CallerArgumentExpression(nameof(code))] string text = "") => cases.Add(text["() => ".Length..], code);

        Row(() => ChatExperiment.Create<Numbers, int>("addition", client));
        Row(() => typeof(IChatRunner<Numbers, int>));
        Row(() => experiment.Setup(run => run.Add(ChatRole.User, $"A: {run.Data.A} B: {run.Data.B}")));
        Row(() => experiment.Step(async (run, token) => Sum(await run.AskAsync(token), run)));
        Row(() => Next.Continue);
        Row(() => experiment.Evaluate(run => Score.Of(run.Answer == run.Data.A + run.Data.B)));
        Row(() => Score.Correct);
        Row(() => Score.Incorrect);
        Row(() => new Batch<Numbers>("batchName", data));
        Row(() => new Batch<Numbers>("batchName", [new Numbers(1, 2)]));
        Row(() => experiment.Add(new Batch<Numbers>("added", data)));
        Row(() => experiment.OnLoad((to, arguments) => to.Add(arguments[1], data)));
        Row(() => experiment.StartReplAsync(["status"], options));
        Row(() => run.Data);
        Row(() => run.Answer);
        Row(() => run.Context);
        Row(() => run.Score);
        Row(() => run.Logs);
        Row(() => run.Status);
        Row(() => Enum.GetNames<ChatStatus>());
        Row(() => experiment.RunAsync(options.Runs));
        Row(() => experiment.RunAsync(options.Runs with { Resume = ResumeMode.Failed }));
        Row(() => experiment.RunAsync(options.Runs with { Parallel = 8 }));
        Row(() => experiment.RunAsync(options.Runs with { Indices = [.. experiment.IndicesOf(new ChatAddress("sums", 1))] }));
        Row(() => experiment.StepTimeout(TimeSpan.FromSeconds(30)));
        Row(() => experiment.Clear());

        Assert.Equal(Rows("Types and functions"), cases.Keys);
        foreach (Func<object?> code in cases.Values)
        {
            object? value = code();
            if (value is Task task) await task;
            else Assert.NotNull(value);
        }
    }

    private static Next Sum(string answer, ChatRun<Numbers, int> run)
    {
        run.Answer = int.Parse(answer, null);
        return Next.Stop;
    }

    // The code in the second column, without the marks around it.
    private static IEnumerable<string> Rows(string heading) => Page.Split($"## {heading}\n")[1].Split("\n## ")[0].Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
        .Select(line => Regex.Match(line, @"^\| .*? \| `(.*)` \| .*\|$").Groups[1].Value);
}
