namespace Assay.Questions;

/// <summary>What happened last in a store, and how many runs are under way.</summary>
internal sealed record TailReport(string Store, int Running, long Total, int Shown, IReadOnlyList<LiveEvent> Events) : Report;

/// <summary>One event as a JSON answer of its own.</summary>
internal sealed record TailLine(LiveEvent Event) : Report;

/// <summary>Events as text, a line each, so that a reader of a pipe gets each as soon as it is there.</summary>
internal static class TailText
{
    public static void Write(TailReport report, Page page)
    {
        if (report.Total == 0) page.Line("no runs");
        foreach (LiveEvent happened in report.Events) page.Line(Text(happened, page));
        if (report.Shown == report.Total) return;
        string shown = $"the last {Words.Number(report.Shown)} of {Words.Count(report.Total, "event")}";
        page.Line($"{shown}; --lines N shows more. {Words.Count(report.Running, "run")} under way.");
    }

    public static string Text(LiveEvent happened, Page page)
    {
        string note = happened.Note is { } text ? $"  ({text})" : "";
        string subject = $"{Words.Time(happened.At)}  {page.ShortId(happened.RunId)}  {happened.Experiment}";
        return $"{subject}  {happened.Status ?? happened.Kind}  {happened.Text}{note}".TrimEnd();
    }
}
