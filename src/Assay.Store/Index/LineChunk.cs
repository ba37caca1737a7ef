using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>The run lines of one stretch of a journal as columns: a row for each start, and one for each end. Not thread-safe.</summary>
/// <remarks>Of a field that a line has twice the last counts. What is not as expected is passed over.</remarks>
internal sealed class LineChunk : IRunSink
{
    // As many digits as tell the few fingerprints of an experiment apart.
    private const int ShortFingerprint = 8;

    // The values of starts.
    public readonly FieldBuffer StartExperiment = new(FieldKey.Experiment), StartTags = new(FieldKey.Tags);
    public readonly FieldBuffer Version = new(FieldKey.Version), Code = new(FieldKey.Code), Context = new(FieldKey.Context);
    public readonly FieldBuffer Index = new(FieldKey.Index), Seed = new(FieldKey.Seed), Replicate = new(FieldKey.Replicate);
    public readonly NestedFields Params = new(new FieldSet(FieldPlace.Param));
    public readonly FieldSet Labels = new(FieldPlace.Label);

    // The values of ends.
    public readonly FieldBuffer EndExperiment = new(FieldKey.Experiment), EndTags = new(FieldKey.Tags), Duration = new(FieldKey.Duration);
    public readonly FieldBuffer ErrorKind = new(FieldKey.ErrorKind), ErrorType = new(FieldKey.ErrorType);
    public readonly FieldBuffer ErrorMessage = new(FieldKey.ErrorMessage);
    public readonly FieldSet Metrics = new(FieldPlace.Metric);

    // The kind of the line whose values are being read; what a damaged line has left is cleared when the next one begins.
    private JournalKind _kind;
    private (int At, int Length, bool IsEscaped) _experiment;

    public List<JournalLine> Starts { get; } = [];

    public List<JournalLine> Ends { get; } = [];

    /// <summary>Reads a line and keeps it if it starts or ends a run.</summary>
    /// <exception cref="JsonException">The line is damaged; nothing of it is kept.</exception>
    public JournalLine Add(ReadOnlySpan<byte> line, long offset)
    {
        Begin(JournalKind.Other);
        _experiment = default;
        JournalLine parsed = JournalParser.Parse(line, offset, this);
        if (parsed.Kind is not (JournalKind.RunStart or JournalKind.RunEnd)) return parsed;
        bool isStart = parsed.Kind == JournalKind.RunStart;
        (FieldBuffer field, List<JournalLine> lines) = isStart ? (StartExperiment, Starts) : (EndExperiment, Ends);
        (int at, int length, bool isEscaped) = _experiment;
        if (isEscaped) CellReader.Text(field, lines.Count, line.Slice(at - 1, length + 2));
        else field.SetText(lines.Count, line.Slice(at, length));
        lines.Add(parsed);
        _kind = JournalKind.Other;
        return parsed;
    }

    void IRunSink.Experiment(int at, int length, bool isEscaped) => _experiment = (at, length, isEscaped);

    // A line may have its value twice, or its kind; the last of them counts.
    public void Begin(JournalKind kind)
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

    bool IRunSink.Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader) =>
        _kind == JournalKind.RunStart ? TakeOfStart(line, name, ref reader) : TakeOfEnd(line, name, ref reader);

    private bool TakeOfStart(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        int row = Starts.Count;
        if (name.SequenceEqual("params"u8)) Params.Read(row, line, ref reader);
        else if (name.SequenceEqual("seed"u8)) ReadSeed(row, ref reader);
        else if (name.SequenceEqual("fingerprints"u8)) ReadFingerprints(row, ref reader);
        else if (name.SequenceEqual("index"u8)) Index.SetWhole(row, CellReader.Whole(ref reader));
        else if (name.SequenceEqual("version"u8)) CellReader.TextOrNothing(Version, row, line, ref reader);
        else if (name.SequenceEqual("labels"u8)) CellReader.Members(Labels, row, line, ref reader);
        else if (name.SequenceEqual("tags"u8)) CellReader.Tags(StartTags, row, line, ref reader);
        else return false;
        return true;
    }

    private bool TakeOfEnd(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        int row = Ends.Count;
        if (name.SequenceEqual("metrics"u8)) CellReader.Members(Metrics, row, line, ref reader);
        else if (name.SequenceEqual("duration_ms"u8)) ReadDuration(row, ref reader);
        else if (name.SequenceEqual("tags"u8)) CellReader.Tags(EndTags, row, line, ref reader);
        else if (name.SequenceEqual("error"u8)) ReadError(row, line, ref reader);
        else return false;
        return true;
    }

    private void ReadSeed(int row, ref Utf8JsonReader reader)
    {
        long? number = null, replicate = null;
        bool isObject = JsonMembers.TryBegin(ref reader);
        while (isObject && JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("base"u8)) number = CellReader.Whole(ref reader);
            else if (name.SequenceEqual("replicate"u8)) replicate = CellReader.Whole(ref reader);
            else reader.Skip();
        }

        bool isSeed = number is not null && replicate is >= 0 and <= int.MaxValue;
        Seed.SetWhole(row, isSeed ? number : null);
        Replicate.SetWhole(row, isSeed ? replicate : null);
    }

    private void ReadFingerprints(int row, ref Utf8JsonReader reader)
    {
        Code.Clear(row);
        Context.Clear(row);
        if (!JsonMembers.TryBegin(ref reader)) return;
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            FieldBuffer? field = name.SequenceEqual("code"u8) ? Code : name.SequenceEqual("context"u8) ? Context : null;
            field?.Clear(row);
            if (field is not null && reader.TokenType == JsonTokenType.String) SetFingerprint(field, row, JsonMembers.Text(ref reader));
            reader.Skip();
        }
    }

    private static void SetFingerprint(FieldBuffer field, int row, ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
        {
            if (text.Length >= ShortFingerprint) field.SetText(row, text[..ShortFingerprint]);
            return;
        }

        string foreign = Encoding.UTF8.GetString(text);
        if (foreign.Length < ShortFingerprint) return;
        CellReader.Text(field, row, new JsonBuffer().String(foreign.AsSpan(0, ShortFingerprint)).Written);
    }

    private void ReadDuration(int row, ref Utf8JsonReader reader)
    {
        Duration.Clear(row);
        if (reader.TokenType != JsonTokenType.Number) reader.Skip();
        else Duration.SetReal(row, RunEndLine.Duration(reader.GetDouble()).TotalMilliseconds);
    }

    private void ReadError(int row, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        bool isError = JsonMembers.TryBegin(ref reader);
        foreach (FieldBuffer field in (ReadOnlySpan<FieldBuffer>)[ErrorKind, ErrorType, ErrorMessage])
        {
            if (isError) field.SetText(row, []);
            else field.Clear(row);
        }

        while (isError && JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            FieldBuffer? field = name.SequenceEqual("kind"u8) ? ErrorKind
                : name.SequenceEqual("type"u8) ? ErrorType
                : name.SequenceEqual("message"u8) ? ErrorMessage : null;
            if (field is not null && reader.TokenType == JsonTokenType.String) CellReader.Value(field, row, line, ref reader);
            else field?.SetText(row, []);
            reader.Skip();
        }
    }
}

/// <summary>Reads one stretch of a journal into columns. Not thread-safe; each stretch is read by one thread.</summary>
internal sealed class ChunkReader : ILineTaker
{
    private static readonly int Ahead = Environment.ProcessorCount + 2;

    private ChunkReader(int journal, in JournalStretch stretch)
    {
        (Journal, Passed) = (journal, stretch.From);
        IsPartial = !StretchReader.Read(stretch, this);
    }

    public int Journal { get; }

    public LineChunk Chunk { get; } = new();

    public List<JournalDamage> Damage { get; } = [];

    /// <summary>Whether reading failed, so that lines may be missing.</summary>
    public bool IsPartial { get; }

    /// <summary>Where the last whole line that began in the stretch ends.</summary>
    public long Passed { get; private set; }

    /// <summary>Reads gains of journals with all processors, and returns the stretches in order, a few read ahead.</summary>
    public static IEnumerable<ChunkReader> Read(IReadOnlyList<JournalGain> gains)
    {
        IEnumerable<(int Journal, JournalStretch Stretch)> stretches =
            gains.SelectMany(g => JournalStretch.Split(g.Journal, g.From, g.To, limit: g.To).Select(s => (g.Number, s)));
        // A little is read at once by the caller, however busy other threads are.
        if (gains.Sum(g => g.To - g.From) < StretchReader.Length) return stretches.Select(s => new ChunkReader(s.Journal, s.Stretch));
        return ReadAhead(stretches);
    }

    private static IEnumerable<ChunkReader> ReadAhead(IEnumerable<(int Journal, JournalStretch Stretch)> stretches)
    {
        var reading = new Queue<Task<ChunkReader>>();
        try
        {
            foreach ((int journal, JournalStretch stretch) in stretches)
            {
                reading.Enqueue(Task.Run(() => new ChunkReader(journal, stretch)));
                if (reading.Count > Ahead) yield return reading.Dequeue().GetAwaiter().GetResult();
            }

            while (reading.Count > 0) yield return reading.Dequeue().GetAwaiter().GetResult();
        }
        finally
        {
            // A caller that stops early must not leave tasks behind that read on.
            Task.WaitAll([.. reading]);
        }
    }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset) => Chunk.Add(line, offset);

    void ILineTaker.Damaged(JournalDamage damage) => Damage.Add(damage);

    void ILineTaker.Passed(long offset) => Passed = Math.Max(Passed, offset);
}
