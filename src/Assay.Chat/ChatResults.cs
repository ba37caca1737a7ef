namespace Assay.Chat;

/// <summary>The runs of a chat experiment. Immutable and thread-safe.</summary>
/// <typeparam name="TData">The data of a run.</typeparam>
/// <typeparam name="TAnswer">What a run answers.</typeparam>
public sealed class ChatResults<TData, TAnswer>
{
    private readonly Lazy<IReadOnlyList<ChatRun<TData, TAnswer>>> _runs;
    private readonly Lazy<ChatSummary> _summary;

    internal ChatResults(Results results, Func<IReadOnlyList<ChatRun<TData, TAnswer>>> runs)
    {
        (Results, _runs) = (results, new(runs));
        _summary = new(() => ChatSummary.Of(Runs));
    }

    /// <summary>The same runs as ordinary results, for tables, comparisons, figures and exports.</summary>
    public Results Results { get; }

    /// <summary>The runs of all batches in their order, read from the store when they are first asked for.</summary>
    public IReadOnlyList<ChatRun<TData, TAnswer>> Runs => _runs.Value;

    /// <summary>How many runs were right, wrong and left out.</summary>
    public ChatSummary Summary => _summary.Value;

    /// <summary>A summary for each value, in the order of the values' first runs.</summary>
    /// <param name="key">For example the model: <c>run => run.Data.Model</c>.</param>
    public IReadOnlyList<(TKey Key, ChatSummary Summary)> SummaryBy<TKey>(Func<ChatRun<TData, TAnswer>, TKey> key) =>
        [.. Runs.GroupBy(key).Select(group => (group.Key, ChatSummary.Of(group)))];
}

/// <summary>
/// How many runs were right, wrong and left out. Runs that failed, whatever failed, are never taken for wrong: they are left out of the
/// accuracy, and two more accuracies say what it would be if all of them had been wrong, or right. Immutable.
/// </summary>
public sealed record ChatSummary
{
    /// <summary>All runs.</summary>
    public required int Total { get; init; }

    /// <summary>Runs with a score.</summary>
    public required int Scored { get; init; }

    /// <summary>Runs with the score 1.</summary>
    public required int Correct { get; init; }

    /// <summary>Runs with the score 0.</summary>
    public required int Incorrect { get; init; }

    /// <summary>The mean score of the scored runs; null without any.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>The mean score if all runs that were left out or not scored had scored 0; null without any run that ended.</summary>
    public required double? AccuracyIfWrong { get; init; }

    /// <summary>The mean score if they had scored 1.</summary>
    public required double? AccuracyIfRight { get; init; }

    /// <summary>Runs that ended and were not scored.</summary>
    public required int Unscored { get; init; }

    /// <summary>Runs that failed, by <see cref="RunError.Kind"/>, in the order of <see cref="ChatOutcome.All"/>, then others.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> LeftOut { get; init; }

    /// <summary>Runs that have not run, or not to their end.</summary>
    public required int NotRun { get; init; }

    /// <summary>The tokens of all runs.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>The cost of all runs; null where some have none.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>The summary of some runs.</summary>
    public static ChatSummary Of(IEnumerable<ChatRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ChatRun[] all = [.. runs];
        double[] scores = [.. all.Where(run => run.Status == ChatStatus.Complete).Select(run => run.Score?.Value).OfType<double>()];
        int unscored = all.Count(run => run.Status == ChatStatus.Complete && run.Score?.Value is null);
        ChatRun[] failed = [.. all.Where(run => run.Status == ChatStatus.Fail)];
        int ended = scores.Length + unscored + failed.Length, doubtful = unscored + failed.Length;
        return new ChatSummary
        {
            Total = all.Length,
            Scored = scores.Length,
            Correct = scores.Count(score => score == 1),
            Incorrect = scores.Count(score => score == 0),
            Accuracy = scores.Length == 0 ? null : scores.Average(),
            AccuracyIfWrong = ended == 0 ? null : scores.Sum() / ended,
            AccuracyIfRight = ended == 0 ? null : (scores.Sum() + doubtful) / ended,
            Unscored = unscored,
            LeftOut =
            [
                .. failed.GroupBy(run => run.Error?.Kind ?? "exception").Select(kind => KeyValuePair.Create(kind.Key, kind.Count()))
                    .OrderBy(kind => PlaceOf(kind.Key))
                    .ThenBy(kind => kind.Key, StringComparer.Ordinal),
            ],
            NotRun = all.Length - ended,
            Usage = all.Aggregate(default(TokenUsage), (sum, run) => sum + run.Usage),
            Cost = all.All(run => run.Cost is not null || run.Calls == 0) ? all.Sum(run => run.Cost ?? 0) : null,
        };
    }

    private static int PlaceOf(string kind)
    {
        string[] known = [.. ChatOutcome.All];
        int place = Array.IndexOf(known, kind);
        return place >= 0 ? place : known.Length;
    }

    /// <summary>The summary as a few lines of text.</summary>
    public override string ToString()
    {
        var lines = new List<string>
        {
            Accuracy is { } accuracy
                ? FormattableString.Invariant($"{Total} runs, {Scored} scored: {Correct} correct, accuracy {accuracy:0.000}")
                : $"{Total} runs, none scored",
        };
        string[] kinds =
        [
            .. LeftOut.Select(kind => $"{Printable.Line(kind.Key)} {kind.Value}"),
            .. Unscored > 0 ? [$"unscored {Unscored}"] : Array.Empty<string>(),
        ];
        int left = LeftOut.Sum(kind => kind.Value) + Unscored;
        if (left > 0)
            lines.Add($"left out {left} ({string.Join(", ", kinds)}): accuracy " + FormattableString.Invariant(
                $"{AccuracyIfWrong:0.000} if all were wrong, {AccuracyIfRight:0.000} if right"));
        else lines.Add("left out 0");
        if (NotRun > 0) lines.Add($"not run {NotRun}");
        lines.Add($"{Usage.Input} input and {Usage.Output} output tokens"
            + (Cost is { } cost && cost > 0 ? FormattableString.Invariant($", cost {cost:0.######}") : ""));
        return string.Join('\n', lines);
    }
}
