using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace Assay.Analysis.Tests.Figures;

/// <summary>A text in an SVG, and the rectangle that its letters cover.</summary>
internal sealed record PlacedText(string Text, SKRect Area)
{
    public static IReadOnlyList<PlacedText> In(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text" && HasLetters(element)).Select(Of)];

    // What no font of the machine can write has no places.
    private static bool HasLetters(XElement element) => !string.IsNullOrWhiteSpace((string?)element.Attribute("x"));

    private static PlacedText Of(XElement element)
    {
        string text = element.Value.Trim('\t', '\n', '\r');
        float size = Number(element, "font-size");
        SKFontStyle style = element.Attribute("font-weight") is not null ? SKFontStyle.Bold : SKFontStyle.Normal;
        using SKTypeface face = SKTypeface.FromFamilyName("DejaVu Sans", style);
        using var font = new SKFont(face, size) { Subpixel = true, Hinting = SKFontHinting.None };
        float x = First(element, "x"), y = First(element, "y");
        // Letters are lower than the line they stand on is high.
        var area = new SKRect(x, y - (size * 0.75f), x + font.MeasureText(text), y + (size * 0.2f));
        for (XElement? at = element; at is not null; at = at.Parent)
            if (at.Attribute("transform") is { } transform) area = Matrix(transform.Value).MapRect(area);
        return new PlacedText(text, area);
    }

    private static SKMatrix Matrix(string transform)
    {
        float[] n = [.. transform[(transform.IndexOf('(', StringComparison.Ordinal) + 1)..^1]
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        if (transform.StartsWith("translate", StringComparison.Ordinal)) return SKMatrix.CreateTranslation(n[0], n.Length > 1 ? n[1] : 0);
        if (transform.StartsWith("rotate", StringComparison.Ordinal))
            return n.Length > 1 ? SKMatrix.CreateRotationDegrees(n[0], n[1], n[2]) : SKMatrix.CreateRotationDegrees(n[0]);
        return new SKMatrix(n[0], n[2], n[4], n[1], n[3], n[5], 0, 0, 1);
    }

    private static float First(XElement element, string name) =>
        Parse(((string?)element.Attribute(name) ?? "0").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)[0]);

    private static float Number(XElement element, string name) => Parse((string?)element.Attribute(name) ?? "12");

    private static float Parse(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
