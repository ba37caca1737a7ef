using System.Text.Json;

namespace Assay;

/// <summary>
/// The run_start and run_end lines of one stretch of a journal, as columns: a row for each start, and one for each end. Not thread-safe.
/// </summary>
internal sealed class LineChunk
{
    private int _experimentAt, _experimentLength;
    private bool _isExperimentEscaped;

    // The kind of the line whose values are being read; what a damaged line has left is cleared when the next one begins.
    private JournalKind _kind;

    public List<JournalLine> Starts { get; } = [];

    public List<JournalLine> Ends { get; } = [];

    public FieldBuffer StartExperiment { get; } = new(FieldKey.Experiment);

    public FieldBuffer EndExperiment { get; } = new(FieldKey.Experiment);

    public FieldBuffer Version { get; } = new(FieldKey.Version);

    public FieldBuffer Code { get; } = new(FieldKey.Code);

    public FieldBuffer Context { get; } = new(FieldKey.Context);

    public FieldBuffer Index { get; } = new(FieldKey.Index);

    public FieldBuffer Seed { get; } = new(FieldKey.Seed);

    public FieldBuffer Replicate { get; } = new(FieldKey.Replicate);

    public FieldBuffer StartTags { get; } = new(FieldKey.Tags);

    public FieldBuffer EndTags { get; } = new(FieldKey.Tags);

    public FieldBuffer Duration { get; } = new(FieldKey.Duration);

    public FieldBuffer ErrorKind { get; } = new(FieldKey.ErrorKind);

    public FieldBuffer ErrorType { get; } = new(FieldKey.ErrorType);

    public FieldBuffer ErrorMessage { get; } = new(FieldKey.ErrorMessage);

    public NestedFields Params { get; } = new(new FieldSet(FieldPlace.Param));

    public FieldSet Labels { get; } = new(FieldPlace.Label);

    public FieldSet Metrics { get; } = new(FieldPlace.Metric);

    /// <summary>Reads a line and keeps it if it starts or ends a run.</summary>
    /// <exception cref="JsonException">The line is damaged; nothing of it is kept.</exception>
    public JournalLine Add(ReadOnlySpan<byte> line, long offset)
    {
        Begin(JournalKind.Other);
        (_experimentAt, _experimentLength, _isExperimentEscaped) = (0, 0, false);
        var sink = new Sink(this);
        JournalLine parsed = JournalParser.Parse(line, offset, ref sink);
        if (parsed.Kind is not (JournalKind.RunStart or JournalKind.RunEnd)) return parsed;
        bool isStart = parsed.Kind == JournalKind.RunStart;
        (FieldBuffer experiment, List<JournalLine> lines) = isStart ? (StartExperiment, Starts) : (EndExperiment, Ends);
        if (_isExperimentEscaped) CellReader.Text(experiment, lines.Count, line.Slice(_experimentAt - 1, _experimentLength + 2));
        else experiment.SetText(lines.Count, line.Slice(_experimentAt, _experimentLength));
        lines.Add(parsed);
        _kind = JournalKind.Other;
        return parsed;
    }

    // A line may have its value twice, or its kind; the last of them counts.
    private void Begin(JournalKind kind)
    {
        bool isStart = _kind == JournalKind.RunStart;
        if (_kind != JournalKind.Other)
        {
            int row = isStart ? Starts.Count : Ends.Count;
            FieldBuffer[] fields = isStart
                ? [Version, Code, Context, Index, Seed, Replicate, StartTags]
                : [EndTags, Duration, ErrorKind, ErrorType, ErrorMessage];
            foreach (FieldBuffer field in fields) field.Clear(row);
            foreach (FieldSet set in isStart ? [Params.Fields, Labels] : (FieldSet[])[Metrics]) set.Clear(row);
        }

        _kind = kind;
    }

    private readonly struct Sink(LineChunk chunk) : IRunSink
    {
        public void Experiment(int at, int length, bool isEscaped) =>
            (chunk._experimentAt, chunk._experimentLength, chunk._isExperimentEscaped) = (at, length, isEscaped);

        public void Begin(JournalKind kind) => chunk.Begin(kind);

        public bool Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader) => chunk._kind == JournalKind.RunStart
            ? new StartFields(chunk, line).Take(name, ref reader)
            : new EndFields(chunk, line).Take(name, ref reader);
    }
}
