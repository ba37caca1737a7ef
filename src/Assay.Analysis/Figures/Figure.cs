using System.Text;
using Assay.Analysis.Figures;

namespace Assay.Analysis;

/// <summary>
/// A chart as data: panels with axes and marks, and how large it is drawn. Immutable; the methods return a changed copy, so one figure can
/// be refined in several ways and rendered from several threads at once.
/// </summary>
/// <remarks>
/// PNG and SVG are drawn by ScottPlot and need a font on the machine; HTML needs neither a font nor a network. Values that an axis cannot
/// show (NaN, the infinities, and what is not positive on a logarithmic axis) are left out, and the caption counts them. Lines and points
/// that would lie on the same pixels are drawn once; a JSON file keeps all of them.
/// </remarks>
public sealed record Figure
{
    /// <summary>The heading; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>A sentence below the chart; null for none.</summary>
    public string? Caption { get; init; }

    /// <summary>What a reader has to know of how the values were made, such as what error bars mean; shown below the caption.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The width in pixels of 1/96 inch. Default: 800.</summary>
    public int Width { get; init; } = 800;

    /// <summary>The height in pixels of 1/96 inch. Default: 500.</summary>
    public int Height { get; init; } = 500;

    /// <summary>Dots per inch of a PNG: 192 gives twice the pixels of the same chart. Default: 96.</summary>
    public int Dpi { get; init; } = 96;

    /// <summary>Light or dark. Default: light.</summary>
    public FigureTheme Theme { get; init; }

    /// <summary>The panels; facets are several ones with equal axes.</summary>
    public IReadOnlyList<Panel> Panels { get; init; } = [];

    /// <summary>What the colours and shapes stand for, as heading of the legend; null for none.</summary>
    public string? LegendTitle { get; init; }

    /// <summary>Whether the names of marks are listed beside the panels. Default: true.</summary>
    public bool ShowLegend { get; init; } = true;

    /// <summary>The figure with a logarithmic x axis.</summary>
    /// <exception cref="AssayException">The axis shows categories or times.</exception>
    public Figure LogX() => WithPanels(panel => panel with { X = panel.X.ToLog("x") });

    /// <summary>The figure with a logarithmic y axis.</summary>
    /// <exception cref="AssayException">The axis shows categories or times.</exception>
    public Figure LogY() => WithPanels(panel => panel with { Y = panel.Y.ToLog("y") });

    /// <summary>The figure in light colours on a dark ground.</summary>
    public Figure Dark() => this with { Theme = FigureTheme.Dark };

    /// <summary>The figure under another heading.</summary>
    /// <param name="title">The heading; null for none.</param>
    public Figure Titled(string? title) => this with { Title = title };

    /// <summary>The figure in another size.</summary>
    /// <param name="width">In pixels of 1/96 inch, 100 to 10,000.</param>
    /// <param name="height">In pixels of 1/96 inch, 100 to 10,000.</param>
    /// <param name="dpi">Dots per inch of a PNG, 24 to 1,200. Default: as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Figure Size(int width, int height, int? dpi = null)
    {
        CheckSize(width, height, dpi ?? Dpi);
        return this with { Width = width, Height = height, Dpi = dpi ?? Dpi };
    }

    /// <summary>The figure with other names of the axes.</summary>
    /// <param name="x">The name of the x axes; null leaves it.</param>
    /// <param name="y">The name of the y axes; null leaves it.</param>
    public Figure Labelled(string? x = null, string? y = null) => WithPanels(panel => panel with
    {
        X = panel.X with { Label = x ?? panel.X.Label },
        Y = panel.Y with { Label = y ?? panel.Y.Label },
    });

    /// <summary>
    /// Saves the figure; the ending of the file says how: <c>.png</c>, <c>.svg</c>, <c>.html</c> or <c>.json</c>. The file appears whole or
    /// not at all; folders that are missing are created, a file that exists is replaced.
    /// </summary>
    /// <exception cref="AssayException">The ending is another one, or the machine has no font for a picture.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => ToPng(),
            ".svg" => Encoding.UTF8.GetBytes(ToSvg()),
            ".html" or ".htm" => Encoding.UTF8.GetBytes(ToHtml()),
            ".json" => Encoding.UTF8.GetBytes(ToJson()),
            _ => throw new AssayException(
                $"'{path}' does not say how the figure is to be saved; expected a file that ends in .png, .svg, .html or .json."),
        };
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        AtomicFile.Write(path, content, durable: false);
    }

    /// <summary>The figure as a PNG file.</summary>
    /// <exception cref="AssayException">The machine has no font, or the program lacks the native library that draws.</exception>
    public byte[] ToPng() => PictureFile.Png(this);

    /// <summary>The figure as an SVG document in which text stays text.</summary>
    /// <exception cref="AssayException">The machine has no font, or the program lacks the native library that draws.</exception>
    public string ToSvg() => PictureFile.Svg(this);

    /// <summary>
    /// The figure as one HTML page of about 4 MB that needs nothing else: values under the pointer, zoom, and a button that downloads the
    /// data as csv.
    /// </summary>
    public string ToHtml() => FigurePage.Of([this]);

    /// <summary>Several figures below each other on one HTML page, as <see cref="ToHtml()"/>.</summary>
    /// <param name="figures">The figures, at least one.</param>
    /// <param name="title">The title of the page. Default: that of the first figure.</param>
    public static string ToHtml(IReadOnlyList<Figure> figures, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return FigurePage.Of(figures, title);
    }

    /// <summary>The description itself as JSON, with all values.</summary>
    public string ToJson() => FigureJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> has written.</summary>
    /// <exception cref="AssayException">The text is no figure; the message names the place.</exception>
    public static Figure FromJson(string json) => FigureJson.Read(json);

    /// <summary>The title and what is shown.</summary>
    public override string ToString() => $"{Title ?? "figure"}: {Plural.Of(Panels.Count, "panel")}";

    internal static void CheckSize(int width, int height, int dpi)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(dpi, 24);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dpi, 1_200);
    }

    private Figure WithPanels(Func<Panel, Panel> change) => this with { Panels = [.. Panels.Select(change)] };
}

/// <summary>The colours of ground and text.</summary>
public enum FigureTheme
{
    /// <summary>Dark text on white.</summary>
    Light,

    /// <summary>Light text on a dark ground.</summary>
    Dark,
}
