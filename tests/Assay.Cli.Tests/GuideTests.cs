using System.Text;
using System.Text.Json.Nodes;
using Assay.Cli.Tests.Mcp;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Tests;

/// <summary>
/// Holds <c>docs/guides/agents.md</c> to what the commands in it really answer, on the store of twelve runs it speaks of.
/// </summary>
public sealed class GuideTests
{
    private const string Prompt = "$ assay ";
    private const string Call = "> ";

    [Fact]
    public async Task Every_command_of_the_guide_answers_what_the_guide_shows()
    {
        string path = Path.Combine(Repository.Root, "docs", "guides", "agents.md");
        string guide = File.ReadAllText(path), received = Path.Combine(Repository.Root, "docs", "guides", "agents.received.txt");
        string answered = await AnsweredAsync(guide);
        if (answered == guide) return;
        File.WriteAllText(received, answered);
        Assert.Fail($"docs/guides/agents.md is stale: compare it with {received} and copy that over if it is right.");
    }

    [Fact]
    public void The_guide_answers_every_question_of_the_page_it_follows()
    {
        string guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "agents.md"));
        string[] questions =
        [
            "Which run had the best validation accuracy?", "Compare the latest two runs and explain what changed.",
            "Find the best run, inspect the code that produced it, and tell me why it won.",
            "Restore the repository to the code state from the run with the lowest "
                + "loss.", "Which run in the last two weeks has the highest accuracy?",
            "Show me the git diff between the two latest "
                + "runs.", "Which learning rates result in accuracies above 90%?", "Compare the best run against the latest run.",
            "Show the metric history for the run where batch size was 32.",
            "Restore the code to the state from the run that achieved the highest accuracy.", "Check out the exact code for run X.",
        ];
        Assert.All(questions, question => Assert.Contains($"### “{question}”\n", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_piece_of_code_in_the_guide_to_tables_stands_in_its_sample()
    {
        string sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "tables.cs"));
        string guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "tables.md"));
        string[] code = [.. guide.Split("```csharp\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
        Assert.NotEmpty(code);
        Assert.All(code, piece => Assert.Contains(piece, sample, StringComparison.Ordinal));
        Assert.All(TableFormats.Writable, format => Assert.Contains(format.Name(), guide, StringComparison.Ordinal));
        Assert.All(
            TableFormats.Writable.Where(f => f.Extension() != ""),
            format => Assert.Contains($"`{format.Extension()}`", guide, StringComparison.Ordinal));
    }

    /// <summary>The same text with every console block, and every block of calls of tools, answered anew.</summary>
    private static async Task<string> AnsweredAsync(string guide)
    {
        (StoreFixture store, _) = TrackedStore.Make(12, TimeSpan.FromDays(2), repository: true);
        using (store)
        {
            await using McpSession session = await McpSession.StartInAsync(store.Root, store.Path);
            var text = new StringBuilder();
            string block = "";
            foreach (string line in guide.TrimEnd('\n').Split('\n'))
            {
                bool fence = line.StartsWith("```", StringComparison.Ordinal);
                string prompt = block == "```console" ? Prompt : block == "```mcp" ? Call : "";
                if (!fence && !line.StartsWith(prompt, StringComparison.Ordinal)) continue;
                text.Append(line).Append('\n');
                if (fence) block = block.Length > 0 ? "" : line;
                else if (prompt == Prompt) text.Append(Answer(store, line[Prompt.Length..]));
                else if (prompt == Call) text.Append(await AnswerAsync(session, store, line[Call.Length..]));
            }

            return text.ToString();
        }
    }

    private static async Task<string> AnswerAsync(McpSession session, StoreFixture store, string call)
    {
        string[] parts = call.Split(' ', 2);
        CallToolResult result = await session.CallAsync(parts[0], JsonNode.Parse(parts[1])!.AsObject());
        return Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text.Replace(store.Path, ".assay", StringComparison.Ordinal)
            + "\n";
    }

    private static string Answer(StoreFixture store, string command)
    {
        ToolResult result = store.RunAt(TrackedStore.Now, Words(command));
        Assert.Equal((command, 0, ""), (command, result.Exit, result.Error));
        return result.Out.Replace(
            "STORE", ".assay", StringComparison.Ordinal).Replace(store.Root, "/home/ada/network", StringComparison.Ordinal);
    }

    // As a shell splits it, as far as the guide needs.
    private static string[] Words(string command) =>
        [.. command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
