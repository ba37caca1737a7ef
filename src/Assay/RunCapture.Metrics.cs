using System.Text.Json;

namespace Assay;

public abstract partial class RunCapture
{
    private const int LongestText = 4 << 20;

    private readonly MetricSet _metrics = new();
    private Dictionary<string, SeriesBlock>? _series;

    /// <summary>Records a metric; a later value of the same name replaces it. NaN and infinities are kept as they are.</summary>
    public void Metric(string name, double value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, long value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, ulong value) => SetMetric(name, MetricValue.Of(value));

    /// <inheritdoc cref="Metric(string, double)"/>
    public void Metric(string name, bool value) => SetMetric(name, MetricValue.Of(value));

    /// <summary>Records a text as a metric; a later value of the same name replaces it. The texts NaN, Infinity and -Infinity stand for the numbers, and come back as them.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="value">At most 4,194,304 characters; longer ones are artifacts.</param>
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
            CheckName(name, "a metric");
            if (_series is null)
            {
                _series = new Dictionary<string, SeriesBlock>(StringComparer.Ordinal);
                _target.Series.Add(this);
            }

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

    /// <summary>Writes the points that are old enough; nothing once the run has ended.</summary>
    internal void FlushOldSeries()
    {
        lock (_gate)
        {
            if (!_ended) FlushSeries(all: false, (long)Elapsed.TotalMilliseconds);
        }
    }

    /// <summary>Writes all points that wait; nothing once the run has ended.</summary>
    internal void FlushSeries()
    {
        lock (_gate)
        {
            if (!_ended) FlushSeries(all: true);
        }
    }

    /// <summary>The metrics and tags so far, the metrics in the form they have in the journal, in which their types survive.</summary>
    internal (JsonElement Metrics, IReadOnlyList<string>? Tags) SoFar()
    {
        var json = new JsonBuffer();
        lock (_gate)
        {
            _metrics.Write(json);
            return (JsonElement.Parse(json.Written), _tags is null ? null : [.. _tags]);
        }
    }

    /// <summary>Takes what the run had recorded in another process, which did not come to its end.</summary>
    internal void TakeOver(JsonElement metrics, IReadOnlyList<string>? tags)
    {
        foreach (JsonProperty metric in metrics.EnumerateObject()) SetMetric(metric.Name, MetricValue.Of(metric.Value));
        foreach (string tag in tags ?? []) Tag(tag);
    }

    private void SetMetric(string name, MetricValue value)
    {
        lock (_gate)
        {
            ThrowIfEnded();
            CheckName(name, "a metric");
            if (value.TextLength > LongestText)
                throw new CaptureException($"metric '{name}' is a text of {value.TextLength:N0} characters; expected at most {LongestText:N0}. Save long texts with run.Artifact.");
            _metrics.Set(name, value);
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
}
