using System.Text.Json;
using Assay.Analysis.Figures;

namespace Assay.Analysis.Tests.Figures;

[Trait("Category", "Quick")]
public class FigureTests
{
    public static TheoryData<string> Kinds => [.. FigureCases.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_figure_comes_back_from_json(string kind)
    {
        string json = FigureCases.Kinds[kind]().ToJson();
        Assert.Equal(json, Figure.FromJson(json).ToJson());
        Assert.Equal(FigureCases.Kinds[kind]().ToSvg(), Figure.FromJson(json).ToSvg());
    }

    [Fact]
    public void Json_names_marks_and_scales()
    {
        using JsonDocument json = JsonDocument.Parse(FigureCases.Xy([1, 2], [3, 4]).PlotScatter("x", "y").LogX().ToJson());
        JsonElement panel = json.RootElement.GetProperty("panels")[0];
        Assert.Equal("Log", panel.GetProperty("x").GetProperty("scale").GetString());
        Assert.Equal("scatter", panel.GetProperty("marks")[0].GetProperty("kind").GetString());
        Assert.Equal([3, 4], panel.GetProperty("marks")[0].GetProperty("y").EnumerateArray().Select(y => y.GetDouble()));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"panels\":[{\"marks\":[{\"kind\":\"pie\"}]}]}")]
    public void What_is_no_figure_is_refused(string json) =>
        Assert.Contains("no figure", Assert.Throws<AssayException>(() => Figure.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_ending_of_a_file_says_what_it_is()
    {
        using var folder = new TempFolder();
        Figure figure = FigureCases.Xy([1, 2], [3, 4]).PlotScatter("x", "y");
        foreach (string name in (string[])["a.png", "a.svg", "a.html", "new/a.json"]) figure.Save(Path.Combine(folder.Path, name));
        Assert.Equal(0x89, File.ReadAllBytes(Path.Combine(folder.Path, "a.png"))[0]);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(folder.Path, "a.svg")), StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder.Path, "a.html")), StringComparison.Ordinal);
        Assert.Equal(figure.ToJson(), File.ReadAllText(Path.Combine(folder.Path, "new", "a.json")));
        Assert.Equal(
            "'a.gif' does not say how the figure is to be saved; expected a file that ends in .png, .svg, .html or .json.",
            Assert.Throws<AssayException>(() => figure.Save("a.gif")).Message);
    }

    [Fact]
    public void Names_have_no_logarithm() => Assert.Equal(
        "The x axis 'optimizer' shows categories; expected numbers for a logarithmic axis.",
        Assert.Throws<AssayException>(() => FigureCases.Runs().PlotBars("optimizer", "accuracy").LogX()).Message);

    [Fact]
    public void What_an_axis_cannot_show_is_counted_below_the_picture() => Assert.Equal(
        ["1 value that is no finite number is left out.", "2 values without a logarithm (not above 0) are left out."],
        PlacedText.In(FigureCases.Hard["negative-log"]().ToSvg()).Select(text => text.Text).Where(text => text.Contains("left out")));

    [Fact]
    public void A_surface_between_points_follows_the_scale_of_its_axis()
    {
        Table table = FigureCases.Sampled();
        Table powers = Table.FromColumns(
            Column.Of("lr", table["lr"].AsDoubles().ToArray().Select(Math.Log10)), table["units"], table["loss"]);
        ContourMark expected = Surface(powers.PlotContour("lr", "units", "loss"));
        Figure figure = table.PlotContour("lr", "units", "loss");
        foreach (Figure log in (Figure[])[figure.LogX(), Figure.FromJson(figure.ToJson()).LogX()])
        {
            ContourMark surface = Surface(log);
            Assert.All(surface.X.Zip(expected.X), pair => Assert.Equal(pair.Second, Math.Log10(pair.First), 1e-9));
            Assert.All(
                surface.Values.Zip(expected.Values).SelectMany(rows => rows.First.Zip(rows.Second)),
                pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        }

        static ContourMark Surface(Figure figure) => (ContourMark)ShownFigure.Of(figure).Panels[0].Marks[0];
    }

    [Fact]
    public void A_surface_leaves_out_points_without_a_logarithm_and_counts_them_once()
    {
        Figure shown = ShownFigure.Of(Table.FromColumns(
            Column.Of("x", [0, 1.0, 10, 100]), Column.Of("y", [1.0, 2, 3, 4]), Column.Of("z", [1e9, 1, 2, 3]))
            .PlotContour("x", "y", "z").LogX());
        Assert.All(((ContourMark)shown.Panels[0].Marks[0]).Values.SelectMany(row => row), value => Assert.InRange(value, 1, 3));
        Assert.Equal("1 value without a logarithm (not above 0) is left out.", shown.Notes[^1]);
    }

    [Fact]
    public void Where_colours_begin_again_lines_are_dashed_and_areas_pale()
    {
        var line = new LineMark { X = [], Y = [] };
        Assert.NotEqual(MarkStyle.Pattern(line), MarkStyle.Pattern(line with { Series = 7 }));
        var first = new BarMark { From = [], To = [], Values = [] };
        Assert.True(MarkStyle.Opacity(first with { Series = 7 }) < MarkStyle.Opacity(first));
        Assert.DoesNotContain("again", string.Concat(Notes(14)), StringComparison.Ordinal);
        Assert.Equal("Colours and patterns begin again after 14 series.", Notes(15)[^1]);

        static IReadOnlyList<string> Notes(int series) => ShownFigure.Of(FigureCases.ManySeries(series, 2).PlotBars("x", "y", "run")).Notes;
    }

    [Fact]
    public void A_size_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Figure().Size(99, 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Figure { Width = 20_000 }.ToPng());
    }
}
