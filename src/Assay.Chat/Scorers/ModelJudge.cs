using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// A model that judges answers. What it chooses between is shown in an order that the seed draws, because models prefer places. Its calls
/// go through the client of the run: they are cached, counted, and under the budget. Immutable and thread-safe.
/// </summary>
/// <param name="instruction">
/// What the judge is to look at. Default: whether the answer says the same as the reference.
/// </param>
/// <param name="options">The options of its calls, such as the model. Default: none.</param>
/// <param name="client">The client of the judge; it should not be that of the run's model. Default: the client of the run.</param>
public sealed class ModelJudge(
    string instruction = "Decide whether the answer says the same as the reference.", ChatOptions? options = null,
    IChatClient? client = null)
{
    private const string System = "You are a fair judge. Answer with a single letter: the letter of your choice, and nothing else.";

    /// <summary>Judges an answer: correct or incorrect. A judge without a clear choice gives no score.</summary>
    /// <param name="run">The run, for its client and its seeds.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="reference">What is expected.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ChatException">The judge gave no whole answer.</exception>
    public async Task<Score> JudgeAsync(
        ChatRun run, string question, string answer, string reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        string text = $"{instruction}\n\nQuestion:\n{question}\n\nReference:\n{reference}\n\nAnswer:\n{answer}";
        (int? choice, string said) = await ChooseAsync(run, text, ["the answer is correct", "the answer is incorrect"], cancellationToken);
        Score score = choice is null ? Score.Unscored($"the judge said «{AnswerCheck.Excerpt(said)}»") : Score.Of(choice == 0);
        return score with { Extracted = AnswerCheck.Excerpt(answer), Expected = AnswerCheck.Excerpt(reference) };
    }

    /// <summary>Which of two answers is better: 1 for the first, 0 for the second. A judge without a clear choice gives no score.</summary>
    /// <inheritdoc cref="JudgeAsync" path="/param"/>
    /// <param name="run">The run, for its client and its seeds.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="first">An answer.</param>
    /// <param name="second">Another answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<Score> PreferAsync(
        ChatRun run, string question, string first, string second, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        string text = $"Decide which answer is better.\n\nQuestion:\n{question}";
        (int? choice, string said) = await ChooseAsync(run, text, [first, second], cancellationToken);
        return choice is null ? Score.Unscored($"the judge said «{AnswerCheck.Excerpt(said)}»") : Score.Of(choice == 0);
    }

    private async Task<(int? Choice, string Said)> ChooseAsync(
        ChatRun run, string text, string[] choices, CancellationToken cancellationToken)
    {
        int[] order = [0, 1];
        // The seeds of a replicate are common to all data, so the run is part of the name.
        if (run.Run.Seeds.Random($"judge/{run.Run.Id}").Next(2) == 1) Array.Reverse(order);
        string shown = $"{text}\n\nA: {choices[order[0]]}\n\nB: {choices[order[1]]}";
        ChatResponse response = await run.Executing.ClientOver(client).GetResponseAsync(
            [new ChatMessage(ChatRole.System, System), new ChatMessage(ChatRole.User, shown)], options, cancellationToken);
        AnswerCheck.Require(response);
        Score letter = Scorer.Choice("AB").Judge(response.Text, "A");
        return (letter.Extracted is null ? null : order[letter.Value == 1 ? 0 : 1], response.Text);
    }
}
