using System.Text;

namespace Assay.Cli.Tests.Importing;

/// <summary>Holds <c>docs/guides/import.md</c> to what its commands really answer.</summary>
[Trait("Category", "Quick")]
public sealed class ImportGuideTests
{
    private const string Prompt = "$ assay ";

    [Fact]
    public void Every_command_of_the_guide_answers_what_the_guide_shows()
    {
        string path = Path.Combine(Repository.Root, "docs", "guides", "import.md"), received = Path.ChangeExtension(path, ".received.txt");
        string guide = File.ReadAllText(path), answered = Answered(guide);
        if (answered == guide) return;
        File.WriteAllText(received, answered);
        Assert.Fail($"docs/guides/import.md is stale: compare it with {received} and copy that over if it is right.");
    }

    private static string Answered(string guide)
    {
        using var exprag = new ExpragFixture();
        using MetalabFixture metalab = MetalabFixture.Make();
        exprag.Begin(name: "training").Track("""{"step":0,"acc":0.6}""").Track("""{"step":1,"acc":0.9}""", "after each step")
            .Begin(ExpragFixture.Uuid(2), "training", ",\"metadata\":{\"hparams\":{\"learning_rate\":0.1}}")
            .Track("""{"step":0,"acc":0.55}""", id: ExpragFixture.Uuid(2), name: "training")
            .Raw("{\"created_at\":\"2026", ExpragFixture.Uuid(2));
        var text = new StringBuilder();
        bool inside = false;
        foreach (string line in guide.TrimEnd('\n').Split('\n'))
        {
            bool fence = line.StartsWith("```", StringComparison.Ordinal);
            if (inside && !fence && !line.StartsWith(Prompt, StringComparison.Ordinal)) continue;
            if (fence) inside = line == "```console";
            text.Append(line).Append('\n');
            if (!inside || fence) continue;
            string[] words = [
                .. line[Prompt.Length..].Split(' ').Select(
                    w => w.Replace("old/.exprag", exprag.Root, StringComparison.Ordinal).Replace(
                        "old/experiments", metalab.Root, StringComparison.Ordinal))];
            ToolResult result = Tool.Run([.. words, "--store", exprag.Store]);
            Assert.Equal((line, 0, ""), (line, result.Exit, result.Error));
            text.Append(
                result.Replacing(exprag.Root, "old/.exprag").Replacing(
                    metalab.Root, "old/experiments").Replacing(exprag.Store, ".assay").Out);
        }

        return text.ToString();
    }
}
