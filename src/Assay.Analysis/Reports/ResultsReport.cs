using Assay.Analysis.Reports;

namespace Assay.Analysis;

/// <summary>What a report shows. Immutable.</summary>
public sealed record ReportOptions
{
    /// <summary>The heading. Default: the names of the experiments.</summary>
    public string? Title { get; init; }

    /// <summary>The metrics, the most important first. Default: all that are numbers, in the order in which runs recorded them.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Those of which less is better, such as a loss. Default: none, more is better.</summary>
    public IReadOnlyList<string> Minimize { get; init; } = [];

    /// <summary>The confidence of intervals, more than 0 and less than 1. Default: 0.95.</summary>
    public double Confidence { get; init; } = 0.95;
}

/// <summary>Reports of results.</summary>
public static class ResultsReport
{
    /// <summary>
    /// Writes what ran, with which code and for how long, what failed and why, means of the settings with intervals, the best settings,
    /// comparisons with corrected p-values, the importance of parameters, and curves.
    /// </summary>
    /// <param name="results">The runs.</param>
    /// <param name="path">
    /// The file: <c>.html</c> for one page of about 4 MB that needs nothing else, <c>.md</c> for Markdown with its figures as SVG in the
    /// folder <c>NAME-figures</c> beside it. Missing folders are created, files that exist are replaced.
    /// </param>
    /// <param name="options">Metrics, direction, heading.</param>
    /// <exception cref="AssayException">The ending is another one, there are no runs, or no run has a metric that was named.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Report(this Results results, string path, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(path);
        options ??= new ReportOptions();
        string file = Path.GetFullPath(path);
        Func<IReadOnlyList<ReportBlock>, string> form = Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".html" or ".htm" => HtmlReport.Of,
            ".md" => blocks => MarkdownReport.Of(blocks, file),
            _ => throw new AssayException(
                $"'{path}' does not say how the report is to be written; expected a file that ends in .html or .md."),
        };
        string text = form(ReportContent.Of(results, options));
        if (Path.GetDirectoryName(file) is { } folder) Directory.CreateDirectory(folder);
        AtomicFile.Write(file, System.Text.Encoding.UTF8.GetBytes(text), durable: false);
    }

    /// <summary>The same as Markdown without figures.</summary>
    /// <param name="results">The runs.</param>
    /// <param name="options">Metrics, direction, heading.</param>
    /// <exception cref="AssayException">There are no runs, or no run has a metric that was named.</exception>
    public static string ReportText(this Results results, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        return MarkdownReport.Of(ReportContent.Of(results, options ?? new ReportOptions()), file: null);
    }
}
