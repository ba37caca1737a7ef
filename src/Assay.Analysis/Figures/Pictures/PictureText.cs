using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>Measures and draws text on a canvas. Not thread-safe.</summary>
internal sealed class PictureText : IDisposable
{
    public const float Small = 11, Normal = 12.5f, Large = 17;

    // Fonts with many scripts come first.
    private static readonly string[] Preferred = ["DejaVu Sans", "Noto Sans", "Liberation Sans", "Segoe UI", "Arial", "Helvetica"];

    private readonly SKCanvas _canvas;
    private readonly FigureTheme _theme;
    private readonly SKTypeface _plain, _bold;

    private PictureText(SKCanvas canvas, FigureTheme theme, string family)
    {
        (_canvas, _theme) = (canvas, theme);
        _plain = SKTypeface.FromFamilyName(family);
        _bold = SKTypeface.FromFamilyName(family, SKFontStyle.Bold);
    }

    /// <exception cref="AssayException">There is no font.</exception>
    public static PictureText Open(SKCanvas canvas, FigureTheme theme) =>
        new(canvas, theme, Choose([.. SKFontManager.Default.FontFamilies], HasLetters));

    /// <summary>The family that figures are written in.</summary>
    /// <param name="families">The families there are. Without any font the library still names one, which has no letters.</param>
    /// <param name="hasLetters">Whether a family has any.</param>
    /// <exception cref="AssayException">No family has letters.</exception>
    public static string Choose(IReadOnlyList<string> families, Func<string, bool> hasLetters) =>
        Preferred.Where(families.Contains).Concat(families).FirstOrDefault(hasLetters)
            ?? throw new AssayException("There is no font on this machine, and a picture without text says nothing. Install one: "
                + "'apt-get install fonts-dejavu-core' on Debian and Ubuntu, 'dnf install dejavu-sans-fonts' on Fedora, "
                + "'apk add font-dejavu' on Alpine. Or save the figure as .html, which needs no font here.");

    private static bool HasLetters(string family)
    {
        using SKTypeface face = SKTypeface.FromFamilyName(family);
        return face.ContainsGlyph('A');
    }

    public float Width(string text, float size, bool bold = false)
    {
        using SKFont font = Font(text, size, bold);
        return font.MeasureText(text);
    }

    /// <summary>The text cut to a width: its beginning and end, by which names differ, with an ellipsis between them.</summary>
    public string Cut(string text, float width, float size, bool bold = false)
    {
        text = OneLine(text);
        return Longest(text, text.Length, kept => kept == text.Length ? text : Shortened(text, kept), width, size, bold);
    }

    /// <summary>The text in lines of a width; the last one is cut where there is more.</summary>
    public IReadOnlyList<string> Wrap(string text, float width, float size, int most, bool bold = false)
    {
        var lines = new List<string>();
        string rest = OneLine(text).Trim();
        while (rest.Length > 0)
        {
            if (lines.Count == most - 1 || Width(rest, size, bold) <= width)
            {
                lines.Add(Longest(rest, rest.Length, kept => kept == rest.Length ? rest : rest[..kept] + "…", width, size, bold));
                break;
            }

            string fitting = Longest(rest, rest.Length, kept => rest[..kept], width, size, bold);
            int end = fitting.LastIndexOf(' ') is > 0 and var space ? space : Math.Max(1, fitting.Length);
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }

        return lines;
    }

    private string Longest(string text, int most, Func<int, string> keep, float width, float size, bool bold)
    {
        if (Width(text, size, bold) <= width) return keep(most);
        (int fitting, int tooLong) = (0, most);
        while (tooLong - fitting > 1)
        {
            int middle = (fitting + tooLong) / 2;
            if (Width(keep(middle), size, bold) <= width) fitting = middle;
            else tooLong = middle;
        }

        return keep(fitting);
    }

    private static string Shortened(string text, int kept)
    {
        int end = kept * 2 / 5, start = kept - end;
        if (start > 0 && char.IsHighSurrogate(text[start - 1])) start--;
        if (end > 0 && char.IsLowSurrogate(text[^end])) end--;
        return $"{text[..start].TrimEnd()}…{text[^end..].TrimStart()}";
    }

    /// <param name="text">The text; control characters become spaces.</param>
    /// <param name="x">Where it is aligned.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="align">To which side of <paramref name="x"/>.</param>
    /// <param name="size">In pixels.</param>
    /// <param name="bold">Bold.</param>
    /// <param name="color">Default: that of text.</param>
    public void Draw(
        string text, float x, float y, SKTextAlign align = SKTextAlign.Left, float size = Normal, bool bold = false, string? color = null)
    {
        using SKFont font = Font(text, size, bold);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColor.Parse(color ?? Palette.Text(_theme)) };
        _canvas.DrawText(OneLine(text), x, y, align, font, paint);
    }

    /// <summary>As <see cref="Draw"/>, from bottom to top.</summary>
    public void DrawUpwards(string text, float x, float y, SKTextAlign align, float size = Normal, bool bold = false)
    {
        _canvas.Save();
        _canvas.RotateDegrees(-90, x, y);
        Draw(text, x, y, align, size, bold);
        _canvas.Restore();
    }

    public void Dispose()
    {
        _plain.Dispose();
        _bold.Dispose();
    }

    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private SKFont Font(string text, float size, bool bold)
    {
        SKTypeface face = bold ? _bold : _plain;
        if (text.Any(c => c > 127) && !face.ContainsGlyphs(text)) face = WithGlyphsOf(text, face);
        return new SKFont(face, size) { Subpixel = true, Hinting = SKFontHinting.None };
    }

    private static SKTypeface WithGlyphsOf(string text, SKTypeface face)
    {
        foreach (System.Text.Rune rune in text.EnumerateRunes())
            if (!face.ContainsGlyph(rune.Value)) return SKFontManager.Default.MatchCharacter(rune.Value) ?? face;
        return face;
    }
}
