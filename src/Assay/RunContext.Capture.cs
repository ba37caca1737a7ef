using Microsoft.Extensions.Logging;

namespace Assay;

public sealed partial class RunContext
{
    private readonly MetricSet _metrics = new();
    private Dictionary<string, SeriesBlock>? _series;
    private List<string>? _tags;

    /// <summary>Records a metric; a later value of the same name replaces it. NaN and infinities are kept as they are.</summary>
    public void Metric(string name, double value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, long value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, ulong value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, bool value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, string value) => SetMetric(name, MetricValue.Of(value));

    /// <summary>Adds a point to the series of a metric, for curves over training steps. The series is kept apart from plain metrics of the same name.</summary>
    /// <param name="name">Name of the series.</param>
    /// <param name="value">The value; NaN and infinities are kept.</param>
    /// <param name="step">Where on the x axis: an epoch, an iteration. Any order; need not be unique.</param>
    public void Metric(string name, double value, long step)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            CheckName(name, "metric");
            _series ??= new Dictionary<string, SeriesBlock>(StringComparer.Ordinal);
            if (!_series.TryGetValue(name, out SeriesBlock? block)) _series.Add(name, block = new SeriesBlock(name));
            long now = (long)Elapsed.TotalMilliseconds;
            block.Add(step, value, now);
            if (block.Count >= SeriesBlock.Full || now - block.OldestMs >= 1000) FlushSeries(all: false, now);
        }
    }

    /// <summary>Records every property of an object, or every entry of a dictionary, as a metric.</summary>
    /// <param name="metrics">For example <c>new { loss = 0.1, accuracy = 0.98 }</c>. Values are numbers, text or truth values.</param>
    /// <exception cref="CaptureException">A value is of another type.</exception>
    public void Metrics(object metrics)
    {
        foreach ((string name, object? value) in JsonValues.Members(metrics)) SetMetric(name, MetricValue.Of(name, value));
    }

    /// <summary>Records the points of several series at one step.</summary>
    /// <param name="metrics">For example <c>new { loss = 0.1, accuracy = 0.98 }</c>. Values are numbers.</param>
    /// <param name="step">The step of all of them.</param>
    public void Metrics(object metrics, long step)
    {
        foreach ((string name, object? value) in JsonValues.Members(metrics))
        {
            object? number = MetricValue.Of(name, value).Boxed;
            if (number is not (double or long))
                throw new CaptureException($"stepped metric '{name}' is {value ?? "null"}; expected a number. Record text and truth values without a step.");
            Metric(name, Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture), step);
        }
    }

    /// <summary>Adds an output row; a run may have any number. In tables it stands behind the labels of the run's variables, which it overlays.</summary>
    /// <param name="columns">An anonymous object, a record or a dictionary.</param>
    /// <exception cref="CaptureException">A value cannot be stored (the message names its path), or there are no columns.</exception>
    public void Row(object columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        JsonBuffer row = Plain(columns, "the row");
        if (row.Written[0] != (byte)'{')
            throw new CaptureException($"the row is a {FullTypeName.Of(columns.GetType())}; expected named columns: an anonymous object, a record or a dictionary.");
        WriteLine("row"u8, line => line.Raw(row.Written));
    }

    /// <summary>Records a structured value: a matrix, a distribution, a configuration. Arrays come back with their type and shape.</summary>
    /// <param name="name">Unique within the run; the last one wins.</param>
    /// <param name="value">Numbers, text, arrays of any rank, lists, dictionaries, records.</param>
    /// <exception cref="CaptureException">The value cannot be serialised; the message names the path to the trouble.</exception>
    public void Data(string name, object? value)
    {
        CheckName(name, "data");
        (byte[] json, string? dtype, int[]? shape) = DataForm.Encode(name, value);
        // Small values stand in the journal itself: a file for every run's small matrix would be millions of files.
        (string Sha256, long Size)? blob = json.Length > ArtifactLines.InlineLimit ? _session.PutArtifact(a => a.Put(json)) : null;
        WriteLine("artifact"u8, line => ArtifactLines.WriteData(line, name, json, dtype, shape, blob?.Sha256));
    }

    /// <summary>Adds a line to the run's log.</summary>
    public void Log(string message, LogLevel level = LogLevel.Information) => WriteLine("log"u8, line =>
        line.Raw("{\"level\":\""u8).Raw(RunLogger.LevelName(level)).Raw("\",\"message\":"u8).String(message).Raw((byte)'}'));

    /// <summary>Adds a remark for whoever reads the run later.</summary>
    public void Note(string text) => WriteLine("log"u8, line => line.Raw("{\"level\":\"note\",\"message\":"u8).String(text).Raw((byte)'}'));

    /// <summary>Marks the run, for filters. The same tag twice is one.</summary>
    public void Tag(string tag)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            CheckName(tag, "tag");
            _tags ??= [];
            if (!_tags.Contains(tag, StringComparer.Ordinal)) _tags.Add(tag);
        }
    }

    private void SetMetric(string name, MetricValue value)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            CheckName(name, "metric");
            _metrics.Set(name, value);
        }
    }

    // The user's getters run here, before the lock: one that blocks or records something must not hold up the run's end or mix two lines.
    private static JsonBuffer Plain(object value, string what)
    {
        try
        {
            return JsonValues.Plain(value);
        }
        catch (CanonicalFormException fault)
        {
            throw new CaptureException($"{what} cannot be stored: {fault.Message}", fault);
        }
    }

    private void FlushSeries(bool all, long now = 0)
    {
        if (_series is null) return;
        foreach (SeriesBlock block in _series.Values)
        {
            bool due = all || block.Count >= SeriesBlock.Full || now - block.OldestMs >= 1000;
            if (block.Count == 0 || !due) continue;
            AppendLine("series"u8, block.Write);
            block.Clear();
        }
    }

    private void WriteLine(ReadOnlySpan<byte> kind, Action<JsonBuffer> value)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            AppendLine(kind, value);
        }
    }

    private void AppendLine(ReadOnlySpan<byte> kind, Action<JsonBuffer> value)
    {
        JsonBuffer line = _workspace.Line;
        line.Clear();
        _session.Lines.Open(line, Planned.Id, kind);
        value(line);
        JournalLines.Close(line, _session.Clock.GetUtcNow(), Elapsed);
        _session.Journal.Append(line.Written);
    }

    private static void CheckName(string name, string what)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new CaptureException($"a {what} has the name '{name}'; expected a name that is not blank.");
    }
}
