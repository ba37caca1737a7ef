namespace Assay.Questions;

internal sealed class TailQuestion : Question<Report>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TextParameter Run = new("run", "Only this run, and end with it. " + RunAddress.Description, on: Shell)
    { IsPositional = true };

    private static readonly TextParameter Experiment = new("experiment", "Only runs of this experiment", on: Shell)
    { Placeholder = "NAME" };

    private static readonly NumberParameter Lines = new("lines", "The number of past events to begin with", 0, int.MaxValue, 10, on: Shell)
    { Placeholder = "N" };

    private static readonly FlagParameter Once = new(
        "once", "Show the past events and end, for scripts. Default: go on until interrupted", on: Shell);

    public override CommandText Command { get; } = new(
        "tail", "Follow live runs: what they record, and how they end", "assay tail", "assay tail latest",
        "assay tail --experiment iris --lines 100 --once --json");

    public override IReadOnlyList<Parameter> Parameters => [Run, Experiment, Lines, Once];

    public override bool EndsOnInterrupt => true;

    public override Answer Ask(QuestionCall call)
    {
        (Results all, LiveStore live, _) = Open(call);
        LiveEvents events = live.Look(Lines.Count(call));
        return new Answer(new TailReport(call.Store.Path, live.Running, events.Total, events.Kept.Count, events.Kept))
        { Runs = all, IsNegative = events.Total == 0 };
    }

    public override IEnumerable<Answer>? Follow(QuestionCall call) => Once.Of(call) ? null : Events(call);

    // A line for each event, so that a reader of a pipe gets each as soon as it is there.
    protected override void Write(Report report, Page page)
    {
        if (report is not TailReport tail)
        {
            page.Line(Text(((TailLine)report).Event, page));
            return;
        }

        if (tail.Total == 0) page.Line("no runs");
        foreach (LiveEvent happened in tail.Events) page.Line(Text(happened, page));
        if (tail.Shown == tail.Total) return;
        string shown = $"the last {Words.Number(tail.Shown)} of {Words.Count(tail.Total, "event")}";
        page.Line($"{shown}; --lines N shows more. {Words.Count(tail.Running, "run")} under way.");
    }

    private static string Text(LiveEvent happened, Page page)
    {
        string note = happened.Note is { } text ? $"  ({text})" : "";
        string subject = $"{Words.Time(happened.At)}  {page.ShortId(happened.RunId)}  {happened.Experiment}";
        return $"{subject}  {happened.Status ?? happened.Kind}  {happened.Text}{note}".TrimEnd();
    }

    private static IEnumerable<Answer> Events(QuestionCall call)
    {
        (Results all, LiveStore live, string? run) = Open(call);
        var ids = new ShortIds(all.ReadIds());
        int most = Lines.Count(call);
        do
        {
            foreach (LiveEvent happened in live.Look(most).Kept)
                yield return new Answer(new TailLine(happened)) { Runs = all, ShortIds = () => ids };
            most = int.MaxValue;
        }
        while ((run is null || live.IsOpen(run)) && !call.Cancellation.WaitHandle.WaitOne(Pause));
    }

    private static (Results All, LiveStore Live, string? Run) Open(QuestionCall call)
    {
        Results all = call.Store.LoadAll(earlier: true);
        string? run = Run.Of(call) is { } address ? call.Find(all, address).Id : null, experiment = Experiment.Of(call);
        bool IsWanted(LiveEvent e) => (run is null || e.RunId == run) && (experiment is null || e.Experiment == experiment);
        return (all, new LiveStore(call.Store, call.Clock, IsWanted), run);
    }
}

/// <summary>What happened last in a store, and how many runs are under way.</summary>
internal sealed record TailReport(string Store, int Running, long Total, int Shown, IReadOnlyList<LiveEvent> Events) : Report;

/// <summary>One event as a JSON answer of its own.</summary>
internal sealed record TailLine(LiveEvent Event) : Report;
