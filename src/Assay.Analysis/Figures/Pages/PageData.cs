using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Analysis.Figures;

/// <summary>What the script of a page gets: a figure, and the colours that its series and texts have.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Styles">Colour and number of the shape of each series.</param>
/// <param name="Scale">The colours of values from the least, 0, to the largest, 1.</param>
/// <param name="Parallel">The parallel axes of each panel.</param>
/// <param name="Empty">Whether each panel has nothing to show.</param>
/// <param name="Ground">The colour behind everything.</param>
/// <param name="Text">The colour of text.</param>
/// <param name="Faint">The colour of what stands back.</param>
/// <param name="Grid">The colour of lines at round values.</param>
internal sealed record PageData(
    Figure Figure, IReadOnlyList<PageStyle> Styles, IReadOnlyList<PageStop> Scale, IReadOnlyList<IReadOnlyList<PageAxis>> Parallel,
    IReadOnlyList<bool> Empty, string Ground, string Text, string Faint, string Grid)
{
    private const double ParallelMargins = 140, TickHeight = 24;

    public static PageData Of(Figure figure)
    {
        int series = figure.Panels.SelectMany(panel => panel.Marks).Select(mark => mark.Series).DefaultIfEmpty(-1).Max();
        IReadOnlyList<string> scale = Palette.OfValues;
        return new PageData(
            figure,
            [
                .. Enumerable.Range(0, series + 1)
                    .Select(i => new PageStyle(Palette.Color(i, figure.Theme), Palette.Shape(i), Palette.IsSecond(i))),
            ],
            [.. scale.Select((color, i) => new PageStop(i / (scale.Count - 1.0), color))],
            [.. figure.Panels.Select(panel => AxesOf(panel, figure.Height - ParallelMargins))],
            [.. figure.Panels.Select(panel => panel.Marks.All(ShownFigure.IsEmpty))], Palette.Ground(figure.Theme),
            Palette.Text(figure.Theme), Palette.FaintText(figure.Theme), Palette.Grid(figure.Theme));
    }

    private static PageAxis[] AxesOf(Panel panel, double height) =>
    [
        .. panel.Marks.OfType<ParallelMark>().SelectMany(mark => mark.Axes).Select(axis =>
        {
            AxisView view = axis.View();
            return new PageAxis(view.Places(axis.Values), view.Ticks(ticks => ticks.Count * TickHeight <= height));
        }),
    ];

    /// <summary>The figure with the points that differ in a picture of twice its size, so that a browser can hold it.</summary>
    public static Figure Reduced(Figure figure)
    {
        long drawn = 0, all = 0;
        Panel[] panels =
        [
            .. PanelViews.Of(figure).Select(views =>
                views.Panel with { Marks = [.. views.Panel.Marks.Select(mark => Reduce(views, mark))] }),
        ];
        return drawn == all
            ? figure
            : figure with
            {
                Panels = panels,
                Notes =
                [
                    .. figure.Notes,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Of {all:N0} points the page holds {drawn:N0} that can be told apart, the lowest and highest among them."),
                ],
            };

        Mark Reduce(PanelViews panel, Mark mark)
        {
            switch (mark)
            {
                case LineMark line:
                    int[] kept = Decimation.OfLine(panel.X.Places(line.X), panel.Y.Places(line.Y), 2 * figure.Width);
                    Count(line.X.Count, kept.Length);
                    return line.Only(kept);
                case ScatterMark scatter:
                    int[] points = Decimation.OfPoints(panel.X.Places(scatter.X), panel.Y.Places(scatter.Y), figure.Width, figure.Height);
                    Count(scatter.X.Count, points.Length);
                    return scatter.Only(points);
                default:
                    return mark;
            }
        }

        void Count(int before, int after) => (all, drawn) = (all + before, drawn + after);
    }
}

/// <param name="Color">As #RRGGBB.</param>
/// <param name="Shape">The number of the shape.</param>
/// <param name="Second">Whether lines are dashed and areas pale, because the colour comes again.</param>
internal sealed record PageStyle(string Color, int Shape, bool Second);

/// <summary>A parallel axis from 0 to 1: where each row lies, and the labels.</summary>
internal sealed record PageAxis(IReadOnlyList<double> Places, IReadOnlyList<AxisTick> Ticks);

/// <summary>A colour at a place of the scale; written as plotly.js reads it, an array of both.</summary>
[JsonConverter(typeof(PageStopConverter))]
internal sealed record PageStop(double At, string Color);

internal sealed class PageStopConverter : JsonConverter<PageStop>
{
    public override PageStop Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, PageStop value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.At);
        writer.WriteStringValue(value.Color);
        writer.WriteEndArray();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageData[]))]
internal sealed partial class PageJsonContext : JsonSerializerContext;
