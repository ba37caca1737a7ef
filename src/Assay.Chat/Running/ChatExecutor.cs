using System.Text.Json;

namespace Assay.Chat;

/// <summary>Executes one run after another, of several at once: setup, steps until one stops, evaluation.</summary>
internal sealed class ChatExecutor<TData, TAnswer>(
    ChatSession session, ChatSettings settings,
    Func<ChatRun<TData, TAnswer>, CancellationToken, ValueTask> setup,
    Func<ChatRun<TData, TAnswer>, CancellationToken, Task<Next>> step,
    Func<ChatRun<TData, TAnswer>, CancellationToken, ValueTask<Score>> evaluate)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    public async Task ExecuteAsync(ChatPlace<TData> place, RunContext context)
    {
        session.Open(context);
        using CancellationTokenSource? stop = settings.Control?.Enter(place.Index, context.CancellationToken);
        using var clock = new StepClock(settings.StepTimeout, context.Clock, stop?.Token ?? context.CancellationToken);
        var scope = new ChatScope(context, session, clock);
        ChatScope.Enter(scope);
        var run = new ChatRun<TData, TAnswer>(place.Address, place.Index, place.Data)
        {
            Live = scope,
            Options = settings.Options.Clone(),
        };
        try
        {
            await InTime(scope, "the setup", async token => { await setup(run, token); return Next.Continue; });
            settings.Control?.EditOf(place.Index)?.Apply(run);
            while (await InTime(scope, "a step", token => step(run, token)) == Next.Continue) { }
            run.Score = await InTime(scope, "the evaluation", token => evaluate(run, token).AsTask())
                ?? throw new AssayException("the evaluation returned null; expected a score, or Score.Unscored(why).");
            scope.Conversation.Keep(run.Context);
            AnswerForm.Write(context, run.Answer);
            ScoreForm.Write(context, run.Score);
            scope.WriteMetrics();
        }
        catch (Exception fault) when (fault is not CaptureException)
        {
            // What was asked and answered is part of a failed run; a run that was abandoned takes nothing any more.
            Keep(scope, run);
            // A step that could not read its answer would fail on it again.
            if (fault is ChatException { Kind: ChatOutcome.Malformed } or FormatException or OverflowException or JsonException)
                session.Forget(scope);
            if (stop is { IsCancellationRequested: true } && !context.CancellationToken.IsCancellationRequested)
                throw new ChatException("stopped", "the run was stopped on request; running it again makes it anew.", fault);
            throw;
        }
        finally
        {
            settings.Control?.Leave(place.Index);
        }
    }

    private static void Keep(ChatScope scope, ChatRun<TData, TAnswer> run)
    {
        try
        {
            scope.Conversation.Keep(run.Context);
            scope.WriteMetrics();
        }
        catch (CaptureException)
        {
            // The run has ended.
        }
        catch (InvalidOperationException)
        {
            // A step that did not end in time still changes the context.
        }
    }

    private async Task<T> InTime<T>(ChatScope scope, string part, Func<CancellationToken, Task<T>> execute)
    {
        StepClock clock = scope.Clock;
        clock.Restart();
        // On a thread of its own, because what works without waiting could not be left.
        Task<T> work = Task.Run(() => execute(clock.Expired), CancellationToken.None);
        try
        {
            T result = await work.WaitAsync(clock.Expired);
            return clock.IsOver ? throw TooLate(scope, part, new OperationCanceledException(clock.Expired)) : result;
        }
        catch (OperationCanceledException fault) when (clock.IsOver)
        {
            // What heeds the token ends in a moment, and then no longer changes the run.
            await Task.WhenAny(work, Task.Delay(Grace, scope.Run.Clock));
            throw TooLate(scope, part, fault);
        }
        catch (ChatException fault) when (clock.IsOver && fault.Kind == ChatOutcome.Timeout)
        {
            throw TooLate(scope, part, fault);
        }
    }

    // A part that was still trying again says what kept it from an answer.
    private ChatException TooLate(ChatScope scope, string part, Exception fault) => new(
        scope.LastFault?.Kind ?? ChatOutcome.Timeout,
        $"{part} took longer than its limit of {settings.StepTimeout}"
            + (scope.LastFault is { } last ? $"; the last call failed: {last.Message}" : "."),
        fault);
}
