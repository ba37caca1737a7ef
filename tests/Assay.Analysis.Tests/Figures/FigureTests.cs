using System.Text.Json;

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
    public void A_size_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Figure().Size(99, 500));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Figure { Width = 20_000 }.ToPng());
    }
}
