namespace Assay.Chat;

/// <summary>
/// The code of one run. One object serves all runs at once, so it keeps nothing of a run in itself: what belongs to a run is in the
/// <see cref="ChatRun{TData, TAnswer}"/>. What it does depends on the data, the seeds and the answers of models alone.
/// </summary>
/// <typeparam name="TData">The data of a run: a record, or a single value. It identifies the run.</typeparam>
/// <typeparam name="TAnswer">What a run answers: a number, a text, or anything that can be written as JSON.</typeparam>
public interface IChatRunner<TData, TAnswer>
{
    /// <summary>Prepares a run, usually with the first messages of its context.</summary>
    /// <param name="run">The run, whose context is empty.</param>
    /// <param name="cancellationToken">Cancelled when the time of the setup or of the run is over, and on request.</param>
    ValueTask SetupAsync(ChatRun<TData, TAnswer> run, CancellationToken cancellationToken);

    /// <summary>Does one step, usually one call of the model.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Cancelled when the time of the step or of the run is over, and on request.</param>
    /// <returns>Whether another step follows.</returns>
    Task<Next> StepAsync(ChatRun<TData, TAnswer> run, CancellationToken cancellationToken);

    /// <summary>Judges the answer, after the last step. Default: the run is not scored.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Cancelled when the time of the evaluation or of the run is over, and on request.</param>
    ValueTask<Score> EvaluateAsync(ChatRun<TData, TAnswer> run, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Score.Unscored("there is no evaluation"));
}
