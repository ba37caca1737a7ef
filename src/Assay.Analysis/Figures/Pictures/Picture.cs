using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>
/// Draws a figure: heading, notes, legend and colours around the panels. Every text is measured before it gets its place.
/// </summary>
internal sealed class Picture(Figure figure, SKCanvas canvas, PictureText text, float scale)
{
    private const float Edge = 12, Gap = 14;

    public void Draw()
    {
        canvas.Clear(SKColor.Parse(Palette.Ground(figure.Theme)));
        var area = new SKRect(Edge, Edge, figure.Width - Edge, figure.Height - Edge);
        DrawTitle(ref area);
        DrawNotes(ref area);
        var colors = ColorRange.Of(figure);
        if (colors is not null) DrawColors(colors, ref area);
        if (figure.ShowLegend) new PictureLegend(figure, canvas, text).Draw(ref area);
        DrawPanels(area, colors);
    }

    private void DrawTitle(ref SKRect area)
    {
        if (string.IsNullOrWhiteSpace(figure.Title)) return;
        foreach (string line in text.Wrap(figure.Title, area.Width, PictureText.Large, most: 2, bold: true))
        {
            text.Draw(line, area.Left, area.Top + PictureText.Large, size: PictureText.Large, bold: true);
            area.Top += PictureText.Large * 1.35f;
        }

        area.Top += 6;
    }

    private void DrawNotes(ref SKRect area)
    {
        string[] notes = [.. figure.Notes.Prepend(figure.Caption ?? "").Where(note => !string.IsNullOrWhiteSpace(note))];
        float width = area.Width;
        string[] lines = [.. notes.SelectMany(note => text.Wrap(note, width, PictureText.Small, most: 3))];
        float height = lines.Length * PictureText.Small * 1.4f;
        for (int i = 0; i < lines.Length; i++)
            text.Draw(
                lines[i], area.Left, area.Bottom - height + ((i + 1) * PictureText.Small * 1.4f) - 3, size: PictureText.Small,
                color: Palette.FaintText(figure.Theme));
        area.Bottom -= height == 0 ? 0 : height + 4;
    }

    // A strip of all colours with its values beside it.
    private void DrawColors(ColorRange colors, ref SKRect area)
    {
        const float Strip = 14;
        AxisView view = colors.View;
        float height = area.Height - 40, top = area.Top + 22;
        IReadOnlyList<AxisTick> ticks = view.Ticks(ticks => ticks.Count * PictureText.Small * 3 <= height);
        float width = ticks.Count == 0 ? 0 : ticks.Max(tick => text.Width(tick.Label, PictureText.Small));
        string title = text.Cut(figure.LegendTitle ?? "", figure.Width * 0.2f, PictureText.Small, bold: true);
        float wide = Math.Max(Strip + 6 + width, text.Width(title, PictureText.Small, bold: true)), left = area.Right - wide;
        text.Draw(title, left, area.Top + PictureText.Small, size: PictureText.Small, bold: true);
        using var paint = new SKPaint
        {
            Shader = SKShader.CreateLinearGradient(
                new SKPoint(left, top + height), new SKPoint(left, top), [.. Palette.OfValues.Select(SKColor.Parse)],
                SKShaderTileMode.Clamp),
        };
        canvas.DrawRect(left, top, Strip, height, paint);
        foreach (AxisTick tick in ticks)
            text.Draw(tick.Label, left + Strip + 6, top + ((1 - (float)tick.Place) * height) + 4, size: PictureText.Small);
        area.Right = left - Gap;
    }

    private void DrawPanels(SKRect area, ColorRange? colors)
    {
        if (figure.Panels.Count == 0) return;
        PanelPicture[] panels = [.. PanelViews.Of(figure).Select(views => new PanelPicture(figure, views, colors, canvas, text, scale))];
        int rows = figure.Panels.Max(panel => panel.Row) + 1, columns = figure.Panels.Max(panel => panel.Column) + 1;
        float width = (area.Width - (Gap * (columns - 1))) / columns, height = (area.Height - (Gap * (rows - 1))) / rows;
        foreach (PanelPicture panel in panels) panel.Measure(new SKSize(width, height));

        // Equal margins, so that the axes of facets stand in line.
        float left = panels.Max(panel => panel.LeftMargin), bottom = panels.Max(panel => panel.BottomMargin);
        foreach (PanelPicture panel in panels)
        {
            float x = area.Left + (panel.Panel.Column * (width + Gap)), y = area.Top + (panel.Panel.Row * (height + Gap));
            panel.Draw(new SKRect(x, y, x + width, y + height), left, bottom);
        }
    }
}

/// <summary>What the colours of values mean, for all panels of a figure.</summary>
/// <param name="View">From the least to the largest value.</param>
internal sealed record ColorRange(AxisView View)
{
    public static ColorRange? Of(Figure figure)
    {
        double[] values =
        [
            .. figure.Panels.SelectMany(panel => panel.Marks).SelectMany(mark => mark switch
            {
                HeatmapMark heatmap => heatmap.Values.SelectMany(row => row),
                ContourMark contour => contour.Values.SelectMany(row => row),
                ParallelMark parallel => parallel.Colors,
                _ => [],
            }).Where(double.IsFinite),
        ];
        return values.Length == 0 ? null : new ColorRange(AxisView.Of(new Axis(), values, tight: true));
    }

    public string Color(double value) => Palette.OfValue(View.Place(value));
}
