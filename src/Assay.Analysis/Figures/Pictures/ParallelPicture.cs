using SkiaSharp;

namespace Assay.Analysis.Figures;

/// <summary>Draws vertical axes side by side and a line across them for each row.</summary>
internal sealed class ParallelPicture(Figure figure, ParallelMark mark, ColorRange? colors, SKCanvas canvas, PictureText text)
{
    private const int MostRows = 3_000;

    public void Draw(SKRect area)
    {
        AxisView[] views = [.. mark.Axes.Select(axis => axis.View())];
        float room = Math.Min(70, area.Width / (mark.Axes.Count + 1) / 2);
        var data = new SKRect(area.Left + room, area.Top + 24, area.Right - room, area.Bottom - 10);
        DrawRows(views, data);
        for (int i = 0; i < views.Length; i++) DrawAxis(views[i], X(data, i), data, area.Width / Math.Max(2, views.Length));
    }

    private void DrawRows(AxisView[] views, SKRect data)
    {
        int rows = mark.Axes[0].Values.Count, every = Math.Max(1, rows / MostRows);
        double opacity = rows > 200 ? 0.35 : 0.8;
        // The largest values lie above the others.
        int[] order =
            [.. Enumerable.Range(0, rows).Where(row => row % every == 0).OrderBy(row => mark.Colors.Count == 0 ? 0 : mark.Colors[row])];
        foreach (int row in order)
        {
            string color = mark.Colors.Count == 0 || colors is null
                ? Palette.Color(mark.Series, figure.Theme) : colors.Color(mark.Colors[row]);
            using var paint = new SKPaint
            {
                Color = SKColor.Parse(color).WithAlpha((byte)(opacity * 255)),
                StrokeWidth = 1.4f,
                IsAntialias = true,
                Style = SKPaintStyle.Stroke,
            };
            using var path = new SKPath();
            for (int i = 0; i < views.Length; i++)
            {
                var point = new SKPoint(X(data, i), data.Bottom - ((float)views[i].Place(mark.Axes[i].Values[row]) * data.Height));
                if (i == 0) path.MoveTo(point);
                else path.LineTo(point);
            }

            canvas.DrawPath(path, paint);
        }
    }

    private void DrawAxis(AxisView view, float x, SKRect data, float room)
    {
        using var paint = new SKPaint { Color = SKColor.Parse(Palette.Text(figure.Theme)), StrokeWidth = 1.2f, IsAntialias = true };
        canvas.DrawLine(x, data.Top, x, data.Bottom, paint);
        text.Draw(
            text.Cut(view.Axis.Label ?? "", room - 6, PictureText.Small, bold: true), x, data.Top - 10, SKTextAlign.Center,
            PictureText.Small, bold: true);
        IReadOnlyList<AxisTick> ticks = view.Ticks(ticks => ticks.Count * PictureText.Small * 2.2f <= data.Height);
        using var ground = new SKPaint { Color = SKColor.Parse(Palette.Ground(figure.Theme)).WithAlpha(190) };
        foreach (AxisTick tick in ticks)
        {
            float y = data.Bottom - ((float)tick.Place * data.Height);
            string label = text.Cut(tick.Label, room - 12, PictureText.Small);
            canvas.DrawRect(x + 5, y - 7, text.Width(label, PictureText.Small) + 4, 14, ground);
            canvas.DrawLine(x - 3, y, x + 3, y, paint);
            text.Draw(label, x + 7, y + 4, size: PictureText.Small);
        }
    }

    private float X(SKRect data, int axis) => mark.Axes.Count < 2 ? data.MidX : data.Left + (data.Width * axis / (mark.Axes.Count - 1));
}
