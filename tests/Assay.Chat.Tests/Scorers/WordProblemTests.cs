namespace Assay.Chat.Tests;

/// <summary>
/// Recorded answers of models, judged by their last number: those that come with the samples, or all of GSM8K where its folder is named by
/// ASSAY_GSM8K or lies beside the checkout. The counts of GSM8K were computed by another program.
/// </summary>
[Trait("Category", "Quick")]
public class WordProblemTests
{
    private static readonly string? Gsm8k = new[]
    {
        Environment.GetEnvironmentVariable("ASSAY_GSM8K"), Repository.File("..", "shared", "data", "gsm8k"),
    }.FirstOrDefault(Directory.Exists);

    [Fact]
    public void Recorded_answers_are_judged_as_their_solutions_say()
    {
        string folder = Gsm8k ?? Repository.File("samples", "data", "problems");
        Dictionary<long, string> solutions = Dataset.Load<Row>(Path.Combine(folder, "questions.jsonl"))
            .ToDictionary(row => row.Id, row => row.Answer);
        Scorer scorer = Scorer.Numeric();
        SortedDictionary<string, int> correct = new(StringComparer.Ordinal);
        foreach (Recorded answer in Dataset.Load<Recorded>(Path.Combine(folder, "recorded-answers.jsonl")))
            correct[answer.Model] = correct.GetValueOrDefault(answer.Model)
                + (scorer.Judge(answer.Solution, solutions[answer.Id]).Value == 1 ? 1 : 0);
        Assert.Equal(
            Gsm8k is null ? "[careful, 7] [hasty, 5]"
                : "[175b_finetuning, 458] [175b_verification, 742] [6b_finetuning, 286] [6b_verification, 515]",
            string.Join(' ', correct));
    }

    private sealed record Row(long Id, string Question, string Answer);

    private sealed record Recorded(long Id, string Model, string Solution);
}
