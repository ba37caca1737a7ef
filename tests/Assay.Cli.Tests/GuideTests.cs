using System.Text;

namespace Assay.Cli.Tests;

/// <summary>Holds <c>docs/guides/agents.md</c> to what the commands in it really answer, on the store of twelve runs it speaks of.</summary>
public sealed class GuideTests
{
    private const string Prompt = "$ assay ";

    [Fact]
    public void Every_command_of_the_guide_answers_what_the_guide_shows()
    {
        string path = Path.Combine(Repository.Root, "docs", "guides", "agents.md");
        string guide = File.ReadAllText(path), received = Path.Combine(Repository.Root, "docs", "guides", "agents.received.txt");
        string answered = Answered(guide);
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
            "Which run had the best validation accuracy?", "Compare the latest two runs and explain what changed.", "Find the best run, inspect the code that produced it, and tell me why it won.",
            "Restore the repository to the code state from the run with the lowest loss.", "Which run in the last two weeks has the highest accuracy?",
            "Show me the git diff between the two latest runs.", "Which learning rates result in accuracies above 90%?", "Compare the best run against the latest run.",
            "Show the metric history for the run where batch size was 32.", "Restore the code to the state from the run that achieved the highest accuracy.", "Check out the exact code for run X.",
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
        Assert.All(TableFormats.Writable.Where(f => f.Extension() != ""), format => Assert.Contains($"`{format.Extension()}`", guide, StringComparison.Ordinal));
    }

    /// <summary>The same text with every console block answered anew.</summary>
    private static string Answered(string guide)
    {
        (StoreFixture store, _) = TrackedStore.Make(12, TimeSpan.FromDays(2));
        using (store)
        {
            var text = new StringBuilder();
            bool inside = false;
            foreach (string line in guide.TrimEnd('\n').Split('\n'))
            {
                bool fence = line.StartsWith("```", StringComparison.Ordinal);
                if (inside && !fence && !line.StartsWith(Prompt, StringComparison.Ordinal)) continue;
                if (fence) inside = line == "```console";
                text.Append(line).Append('\n');
                if (inside && !fence) text.Append(Answer(store, line[Prompt.Length..]));
            }

            return text.ToString();
        }
    }

    private static string Answer(StoreFixture store, string command)
    {
        ToolResult result = store.RunAt(TrackedStore.Now, Words(command));
        Assert.Equal((command, 0, ""), (command, result.Exit, result.Error));
        return result.Out.Replace("STORE", ".assay", StringComparison.Ordinal);
    }

    // As a shell splits it, as far as the guide needs.
    private static string[] Words(string command) => [.. command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
