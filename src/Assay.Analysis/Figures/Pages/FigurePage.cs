using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Assay.Analysis.Figures;

/// <summary>Figures as one HTML page, with plotly.js and the data inside.</summary>
internal static class FigurePage
{
    private static readonly Lazy<string> Plotly = new(() => Resource("plotly.js.gz", isPacked: true));
    private static readonly Lazy<string> Script = new(() => Resource("figure.js", isPacked: false));

    public static string Of(IReadOnlyList<Figure> figures, string? title = null) => figures.Count == 0
        ? throw new ArgumentException("A page has at least one figure.", nameof(figures))
        : Of(figures, title ?? figures[0].Title ?? "Figure", "", string.Concat);

    /// <summary>A page with more than figures.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="title">The title.</param>
    /// <param name="style">Further rules of style.</param>
    /// <param name="body">Makes the body of the elements of the figures.</param>
    public static string Of(
        IReadOnlyList<Figure> figures, string title, string style, Func<IReadOnlyList<string>, string> body)
    {
        Figure[] shown = [.. figures.Select(figure => PageData.Reduced(ShownFigure.Of(figure)))];
        FigureTheme theme = figures.Count == 0 ? FigureTheme.Light : figures[0].Theme;
        var page = new StringBuilder(Plotly.Value.Length + 100_000);
        // Nothing is loaded from anywhere; the drawing of many points compiles functions.
        page.Append(
            CultureInfo.InvariantCulture,
            $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy"
                content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>
            body { margin: 16px; background: {{Palette.Ground(theme)}}; color: {{Palette.Text(theme)}};
                font-family: "Open Sans", Verdana, "DejaVu Sans", Arial, sans-serif; }
            figure { margin: 0 0 28px; }
            figcaption { max-width: 56rem; font-size: 13px; color: {{Palette.FaintText(theme)}}; }
            figcaption p { margin: 2px 0; }
            button { margin-top: 6px; font: inherit; font-size: 13px; }
            @media print { button { display: none; } }
            {{style}}</style>
            </head>
            <body>

            """);
        page.Append(body([.. shown.Select(Element)]));
        // Without a figure the page does without the script that draws.
        if (shown.Length == 0) return page.Append("</body>\n</html>\n").ToString();
        page.Append("<script>").Append(Plotly.Value).Append("</script>\n<script type=\"application/json\" id=\"figures\">")
            .Append(JsonSerializer.Serialize(Array.ConvertAll(shown, PageData.Of), PageJsonContext.Default.PageDataArray))
            .Append("</script>\n<script>\n").Append(Script.Value).Append("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Element(Figure figure, int place)
    {
        IEnumerable<string> notes = figure.Notes.Prepend(figure.Caption ?? "").Where(note => note.Length > 0)
            .Select(note => $"<p>{WebUtility.HtmlEncode(note)}</p>");
        return string.Create(CultureInfo.InvariantCulture, $"<figure id=\"figure-{place}\"><div class=\"plot\"></div><figcaption>")
            + string.Concat(notes) + "</figcaption><button type=\"button\">Download the data (csv)</button></figure>\n";
    }

    private static string Resource(string name, bool isPacked)
    {
        using Stream stored = typeof(FigurePage).Assembly.GetManifestResourceStream("Assay.Analysis.Figures." + name)
            ?? throw new InvalidOperationException($"The resource '{name}' is missing in {typeof(FigurePage).Assembly.GetName().Name}.");
        using Stream content = isPacked ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        using var reader = new StreamReader(content, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
