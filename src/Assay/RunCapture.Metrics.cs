using System.Text.Json;

namespace Assay;

public abstract partial class RunCapture
{
    private const int MaxTextLength = 4 << 20;
    private static readonly TimeSpan MaxSeriesAge = TimeSpan.FromSeconds(1);

    private readonly OrderedDictionary<string, object?> _metrics = new(StringComparer.Ordinal);
    private Dictionary<string, List<(long Step, double Value, long ElapsedMs)>>? _series;

    /// <summary>Records a metric; a later value of the same name replaces it. NaN and infinities are kept as they are.</summary>
    public void Metric(string name, double value) => SetMetric(name, value);

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, long value) => SetMetric(name, value);

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, ulong value) => SetMetric(name, MetricValue.Of(name, value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, bool value) => SetMetric(name, value);

    /// <summary>Records a text as a metric; a later value of the same name replaces it.</summary>
    /// <remarks>The texts NaN, Infinity and -Infinity stand for the numbers and are read as numbers.</remarks>
    /// <param name="name">The name of the metric.</param>
    /// <param name="value">At most 4,194,304 characters; longer texts are artifacts.</param>
    public void Metric(string name, string value) => SetMetric(name, value);

    /// <summary>Adds a point to a series, for curves over steps. A series is separate from a plain metric of the same name.</summary>
    /// <param name="name">The name of the series.</param>
    /// <param name="value">The value; NaN and infinities are kept.</param>
    /// <param name="step">The position on the x axis, such as an epoch or an iteration. Steps may have any order and may repeat.</param>
    public void Metric(string name, double value, long step)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            CheckName(name, "a metric");
            if (_series is null)
            {
                _series = new(StringComparer.Ordinal);
                _target.Series.Add(this);
            }

            if (!_series.TryGetValue(name, out var points)) _series.Add(name, points = []);
            points.Add((step, value, (long)Elapsed.TotalMilliseconds));
            if (IsDue(points)) WriteSeries(all: false);
        }
    }

    /// <summary>Records every property of an object, or every entry of a dictionary, as a metric.</summary>
    /// <param name="metrics">For example <c>new { loss = 0.1, accuracy = 0.98 }</c>. Values are numbers, text or booleans.</param>
    /// <exception cref="CaptureException">A value is of another type.</exception>
    public void Metrics(object metrics)
    {
        foreach ((string name, object? value) in NamedValues.Read(metrics)) SetMetric(name, MetricValue.Of(name, value));
    }

    /// <summary>Records the points of several series at one step.</summary>
    /// <param name="metrics">For example <c>new { loss = 0.1, accuracy = 0.98 }</c>. Values are numbers.</param>
    /// <param name="step">The step of all points.</param>
    /// <exception cref="CaptureException">A value is not a number.</exception>
    public void Metrics(object metrics, long step)
    {
        foreach ((string name, object? value) in NamedValues.Read(metrics))
        {
            double? number = MetricValue.Of(name, value) switch { double real => real, long whole => whole, _ => null };
            Metric(name, number ?? throw new CaptureException($"stepped metric '{name}' is {value ?? "null"}; expected a number. "
                + "Record text and truth values without a step."), step);
        }
    }

    /// <summary>Writes the points that wait, all of them or only those that are due; nothing once the run has ended.</summary>
    internal void FlushSeries(bool all)
    {
        lock (Gate)
        {
            if (!_ended) WriteSeries(all);
        }
    }

    /// <summary>The metrics so far in the form of the journal, which keeps their types, and the tags.</summary>
    internal (JsonElement Metrics, IReadOnlyList<string>? Tags) SoFar()
    {
        var json = new JsonBuffer();
        lock (Gate)
        {
            MetricValue.WriteAll(json, _metrics);
            return (JsonElement.Parse(json.Written), _tags is null ? null : [.. _tags]);
        }
    }

    /// <summary>Adds what the run recorded in another process that died.</summary>
    internal void TakeOver(JsonElement metrics, IReadOnlyList<string>? tags)
    {
        foreach ((string name, object? value) in JsonObjects.Dictionary(metrics)) SetMetric(name, value);
        foreach (string tag in tags ?? []) Tag(tag);
    }

    private void SetMetric(string name, object? value)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            CheckName(name, "a metric");
            if (value is string { Length: > MaxTextLength and var length })
                throw new CaptureException($"metric '{name}' is a text of {length:N0} characters; expected at most {MaxTextLength:N0}. "
                    + "Save long texts with run.Artifact.");
            _metrics[name] = value;
        }
    }

    private bool IsDue(List<(long Step, double Value, long ElapsedMs)> points) =>
        points.Count >= SeriesLine.FullBlock || Elapsed.TotalMilliseconds - points[0].ElapsedMs >= MaxSeriesAge.TotalMilliseconds;

    private void WriteSeries(bool all)
    {
        if (_series is null) return;
        foreach ((string name, List<(long, double, long)> points) in _series)
        {
            if (points.Count == 0 || (!all && !IsDue(points))) continue;
            AppendLine("series"u8, line => SeriesLine.Write(line, name, points));
            points.Clear();
        }
    }
}
