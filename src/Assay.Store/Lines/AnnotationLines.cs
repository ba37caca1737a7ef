namespace Assay.Journals;

/// <summary>Writes lines of <c>annotations/</c>: the usual envelope around what somebody said about a run.</summary>
internal static class AnnotationLines
{
    public static void Note(JsonBuffer lines, RunRecord run, string text, DateTimeOffset at) =>
        Line(lines, run, at, value => value.Raw("{\"note\":"u8).String(text));

    public static void Tags(JsonBuffer lines, RunRecord run, IEnumerable<string> add, IEnumerable<string> remove, DateTimeOffset at) => Line(lines, run, at, value =>
    {
        value.Raw("{\"tags\":{\"add\":"u8);
        value.Strings(add);
        value.Raw(",\"remove\":"u8);
        value.Strings(remove);
        value.Raw((byte)'}');
    });

    /// <param name="lines">What is written to.</param>
    /// <param name="what"><c>removed</c>, <c>restored</c> or <c>freed</c>.</param>
    /// <param name="run">The run.</param>
    /// <param name="at">When.</param>
    public static void Places(JsonBuffer lines, ReadOnlySpan<byte> what, RemovedRun run, DateTimeOffset at)
    {
        new LineEnvelope(run.Experiment).Open(lines, run.RunId, "annotation"u8);
        lines.Raw("{\""u8).Raw(what).Raw("\":["u8);
        foreach ((int i, AttemptPlace place) in run.Places.Index())
        {
            lines.Raw(i == 0 ? "{"u8 : ",{"u8);
            Place(lines, place);
            lines.Raw((byte)'}');
        }

        lines.Raw("]}"u8);
        LineEnvelope.Close(lines, at, TimeSpan.Zero);
    }

    /// <param name="lines">What is written to.</param>
    /// <param name="run">One of the journal's runs.</param>
    /// <param name="experiment">Its experiment.</param>
    /// <param name="journal">Name of the journal's file.</param>
    /// <param name="at">When.</param>
    public static void Gone(JsonBuffer lines, UInt128 run, string experiment, string journal, DateTimeOffset at)
    {
        new LineEnvelope(experiment).Open(lines, run, "annotation"u8);
        lines.Raw("{\"gone\":"u8).String(journal).Raw((byte)'}');
        LineEnvelope.Close(lines, at, TimeSpan.Zero);
    }

    private static void Line(JsonBuffer lines, RunRecord run, DateTimeOffset at, Action<JsonBuffer> value)
    {
        new LineEnvelope(run.Experiment).Open(lines, run.Place.Id, "annotation"u8);
        value(lines);
        lines.Raw((byte)',');
        Place(lines, run.Shown);
        lines.Raw((byte)'}');
        LineEnvelope.Close(lines, at, at > run.StartedAt ? at - run.StartedAt : TimeSpan.Zero);
    }

    private static void Place(JsonBuffer lines, AttemptPlace place) => lines.Raw("\"journal\":"u8).String(place.Journal).Raw(",\"attempt\":"u8).Integer(place.Attempt);
}
