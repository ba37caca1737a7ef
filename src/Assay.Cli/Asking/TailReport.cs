namespace Assay.Cli;

/// <summary>What happened last in a store, and how many runs are under way.</summary>
internal sealed record TailReport(string Store, int Running, long Total, int Shown, IReadOnlyList<LiveEvent> Events) : Report;

/// <summary>One event as a JSON answer of its own.</summary>
internal sealed record TailLine(LiveEvent Event) : Report;

/// <summary>Events as text, a line each, so that a reader of a pipe gets each as soon as it is there.</summary>
internal static class TailText
{
    public static void Write(TailReport report, ShortIds ids, Page page)
    {
        if (report.Total == 0) page.Line("no runs");
        foreach (LiveEvent happened in report.Events) page.Line(Text(happened, ids));
        if (report.Shown < report.Total) page.Line($"the last {Words.Number(report.Shown)} of {Words.Count(report.Total, "event")}; --lines N shows more. {Words.Count(report.Running, "run")} under way.");
    }

    /// <summary>Writes events at once, each as a line of text or of JSON.</summary>
    public static void Tell(IReadOnlyList<LiveEvent> events, ShortIds ids, Invocation call, Page page)
    {
        foreach (LiveEvent happened in events)
        {
            if (call.Json) call.Console.Out.WriteLine(JsonText.Of(new TailLine(happened)));
            else page.Line(Text(happened, ids));
        }

        call.Console.Out.Flush();
    }

    private static string Text(LiveEvent happened, ShortIds ids) =>
        $"{Words.Time(happened.At)}  {ids.Of(happened.RunId)}  {happened.Experiment}  {happened.Status ?? happened.Kind}  {happened.Text}{(happened.Note is { } note ? $"  ({note})" : "")}".TrimEnd();
}
