using System.Text.Json;

namespace Assay;

/// <summary>The lines of runs from one stretch of a journal, as columns. Not thread-safe.</summary>
internal sealed class LineChunk
{
    private int _experimentAt, _experimentLength;
    private bool _experimentEscaped;
    private JournalKind _begun;
    private bool _isOdd;
    private uint _taken;

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
        // Of a line that turned out damaged something may be left.
        if (_taken != 0) Clear(_begun);
        (_experimentLength, _begun, _isOdd, _taken) = (0, JournalKind.Other, false, 0);
        var sink = new ChunkSink(this);
        JournalLine parsed = JournalParser.Parse(line, offset, ref sink);
        if (parsed.Kind is not (JournalKind.RunStart or JournalKind.RunEnd)) return parsed;
        if (_isOdd || _begun != parsed.Kind) new OddLine(this, parsed.Kind).Read(line);
        else Experiment(line, parsed.Kind);
        (parsed.Kind == JournalKind.RunStart ? Starts : Ends).Add(parsed);
        _taken = 0;
        return parsed;
    }

    /// <summary>Takes back what the row that a line would become has been given.</summary>
    public void Clear(JournalKind kind)
    {
        bool isStart = kind == JournalKind.RunStart;
        int row = isStart ? Starts.Count : Ends.Count;
        foreach (FieldBuffer field in isStart ? StartFields : EndFields) field.Clear(row);
        if (isStart) Params.Clear(row);
        (isStart ? Labels : Metrics).Clear(row);
    }

    public FieldBuffer[] StartFields => [StartExperiment, Version, Code, Context, Index, Seed, Replicate, StartTags];

    public FieldBuffer[] EndFields => [EndExperiment, EndTags, Duration, ErrorKind, ErrorType, ErrorMessage];

    private void Experiment(ReadOnlySpan<byte> line, JournalKind kind)
    {
        FieldBuffer field = kind == JournalKind.RunStart ? StartExperiment : EndExperiment;
        int row = kind == JournalKind.RunStart ? Starts.Count : Ends.Count;
        ReadOnlySpan<byte> text = line.Slice(_experimentAt, _experimentLength);
        if (!_experimentEscaped) field.SetText(row, text);
        else CellReader.Text(field, row, line.Slice(_experimentAt - 1, _experimentLength + 2));
    }

    private readonly struct ChunkSink(LineChunk chunk) : IRunSink
    {
        public void Experiment(int at, int length, bool escaped) =>
            (chunk._experimentAt, chunk._experimentLength, chunk._experimentEscaped) = (at, length, escaped);

        public void Begin(JournalKind kind)
        {
            chunk._isOdd |= chunk._begun != JournalKind.Other;
            chunk._begun = kind;
        }

        public bool Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
        {
            var value = new LineValue(chunk, chunk._begun);
            if (value.Take(line, name, ref reader) is not { } field)
            {
                // A known name may hide behind an escape.
                chunk._isOdd |= name.Contains((byte)'\\');
                return false;
            }

            // Of fields that come twice, the last counts, and nothing of the first is left.
            chunk._isOdd |= value.IsOdd || (chunk._taken & field) != 0;
            chunk._taken |= field;
            return true;
        }
    }
}
