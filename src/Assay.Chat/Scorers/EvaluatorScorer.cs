using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;

namespace Assay.Chat;

/// <summary>Evaluators of Microsoft.Extensions.AI.Evaluation as scorers.</summary>
public static class EvaluatorScorer
{
    /// <summary>
    /// Judges the last answer of a run by an evaluator. A metric that is true or false is correct or incorrect; a number is placed between
    /// the two ends of its scale. A metric that the evaluator could not compute gives no score, and says why.
    /// </summary>
    /// <param name="evaluator">The evaluator.</param>
    /// <param name="run">The run. Its context ends with the answer.</param>
    /// <param name="metric">The name of the metric. Default: the first that the evaluator names.</param>
    /// <param name="scale">The lowest and the highest number of the metric. Default: 1 to 5, the scale of the library's own.</param>
    /// <param name="client">
    /// The client for evaluators that ask a model; its calls are cached, counted and under the budget as those of the run. Default: the
    /// client of the run.
    /// </param>
    /// <param name="context">What the evaluator needs besides, such as the expected answer.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    public static async Task<Score> JudgeAsync(
        this IEvaluator evaluator, ChatRun run, string? metric = null, (double Lowest, double Highest)? scale = null,
        IChatClient? client = null, IEnumerable<EvaluationContext>? context = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(evaluator);
        ArgumentNullException.ThrowIfNull(run);
        if (run.Context is not [.. var asked, { } last] || last.Role != ChatRole.Assistant)
            return Score.Unscored("the context does not end with an answer");
        EvaluationResult result = await evaluator.EvaluateAsync(
            asked, new ChatResponse(last), new ChatConfiguration(run.Executing.ClientOver(client)), context, cancellationToken);
        string name = metric ?? evaluator.EvaluationMetricNames.First();
        return result.Metrics.TryGetValue(name, out EvaluationMetric? found) ? Of(found, scale ?? (1, 5))
            : Score.Unscored($"the evaluator gave no metric '{name}'");
    }

    private static Score Of(EvaluationMetric metric, (double Lowest, double Highest) scale) => metric switch
    {
        BooleanMetric { Value: { } truth } => Score.Of(truth, metric.Reason),
        NumericMetric { Value: { } number } when number >= scale.Lowest && number <= scale.Highest =>
            Score.Of((number - scale.Lowest) / (scale.Highest - scale.Lowest), metric.Reason),
        NumericMetric { Value: { } number } => Score.Unscored(FormattableString.Invariant(
            $"the evaluator's {metric.Name} is {number}, outside of its scale from {scale.Lowest} to {scale.Highest}")),
        _ => Score.Unscored(metric.Diagnostics?.FirstOrDefault()?.Message ?? metric.Reason ?? $"the evaluator gave no {metric.Name}"),
    };
}
