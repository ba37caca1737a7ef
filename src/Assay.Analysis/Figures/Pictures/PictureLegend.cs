using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>The names of marks with their colours and shapes, to the right of the panels, where they cover nothing.</summary>
internal sealed class PictureLegend(Figure figure, SKCanvas canvas, PictureText text)
{
    private const float Line = 18, Sample = 26, Most = 0.28f;

    public void Draw(ref SKRect area)
    {
        Mark[] marks =
        [
            .. figure.Panels.SelectMany(panel => panel.Marks).Where(mark => !string.IsNullOrEmpty(mark.Name))
                .DistinctBy(mark => (mark.Name, mark.Series)),
        ];
        if (marks.Length == 0) return;
        float top = area.Top + 8, most = (figure.Width * Most) - Sample;
        int fitting = Math.Max(1, (int)((area.Bottom - top - (figure.LegendTitle is null ? 0 : Line)) / Line));
        Mark[] shown = marks.Length <= fitting ? marks : marks[..Math.Max(1, fitting - 1)];
        string[] names = [.. shown.Select(mark => text.Cut(mark.Name!, most, PictureText.Small))];
        string? rest = shown.Length < marks.Length ? text.Cut($"and {marks.Length - shown.Length} more", most, PictureText.Small) : null;
        string title = text.Cut(figure.LegendTitle ?? "", most + Sample, PictureText.Small, bold: true);
        float widest = names.Append(rest ?? "").Max(name => text.Width(name, PictureText.Small));
        float width = Math.Max(Sample + widest, text.Width(title, PictureText.Small, bold: true));
        float left = area.Right - width;
        if (figure.LegendTitle is not null)
        {
            text.Draw(title, left, top + 4, size: PictureText.Small, bold: true);
            top += Line;
        }

        for (int i = 0; i < shown.Length; i++, top += Line)
        {
            DrawSample(shown[i], left, top);
            text.Draw(names[i], left + Sample, top + 4, size: PictureText.Small);
        }

        if (rest is not null) text.Draw(rest, left + Sample, top + 4, size: PictureText.Small, color: Palette.FaintText(figure.Theme));
        area.Right = left - 14;
    }

    private void DrawSample(Mark mark, float left, float middle)
    {
        ScottPlot.Color color = MarkStyle.Color(mark, figure.Theme);
        using var paint = ScottPlot.Paint.NewDisposablePaint();
        if (mark is BarMark or BoxMark or ViolinMark)
        {
            bool second = Palette.IsSecond(mark.Series);
            new ScottPlot.FillStyle(second ? color.WithAlpha(MarkStyle.Opacity(mark)) : color)
                .Render(canvas, new ScottPlot.PixelRect(left + 4, left + 18, middle + 5, middle - 5), paint);
            if (!second) return;
            using var edge = new SKPaint
            {
                Color = SKColor.Parse(Palette.Color(mark.Series, figure.Theme)),
                StrokeWidth = 1.2f,
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
            };
            canvas.DrawRect(left + 4, middle - 5, 14, 10, edge);
            return;
        }

        if (mark is LineMark line)
            new ScottPlot.LineStyle(MarkStyle.LineWidth, color, MarkStyle.Pattern(line))
                .Render(canvas, new ScottPlot.PixelLine(left, middle, left + 22, middle), paint);
        if (mark is ScatterMark or LineMark { Markers: true })
            new ScottPlot.MarkerStyle(MarkStyle.Shape(mark.Series), MarkStyle.MarkerSize, color)
                .Render(canvas, new ScottPlot.Pixel(left + 11, middle), paint);
    }
}
