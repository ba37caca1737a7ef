using System.Xml.Linq;
using Assay.Analysis.Figures;
using SkiaSharp;

namespace Assay.Analysis.Tests.Figures;

/// <summary>Figures as SVG and PNG. The texts are those of the font DejaVu Sans, with which the approved files are made.</summary>
[Trait("Category", "Quick")]
public class PictureTests
{
    public static TheoryData<string> Kinds => [.. FigureCases.Kinds.Keys];

    public static TheoryData<string> All => [.. FigureCases.Kinds.Keys, .. FigureCases.Hard.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_figure_of_each_kind_looks_as_approved(string kind) =>
        Approved.Matches(kind + ".svg", FigureCases.Kinds[kind]().ToSvg());

    [Theory]
    [MemberData(nameof(All))]
    public void Texts_do_not_overlap_and_do_not_leave_the_picture(string name)
    {
        Figure figure = (FigureCases.Kinds.GetValueOrDefault(name) ?? FigureCases.Hard[name])();
        IReadOnlyList<PlacedText> texts = PlacedText.In(figure.ToSvg());
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(
            text.Area.Left >= 0 && text.Area.Top >= 0 && text.Area.Right <= figure.Width && text.Area.Bottom <= figure.Height,
            $"'{text.Text}' leaves the picture: {text.Area}"));
        foreach ((int i, PlacedText text) in texts.Index())
            foreach (PlacedText other in texts.Skip(i + 1))
                Assert.False(
                    SKRect.Intersect(text.Area, other.Area) is { Width: > 1, Height: > 1 }, $"'{text.Text}' lies on '{other.Text}'");
    }

    [Theory]
    [InlineData("line")]
    [InlineData("heatmap")]
    [InlineData("violins")]
    public void A_png_looks_as_approved(string kind)
    {
        string approved = Repository.File("tests", "Assay.Analysis.Tests", "Figures", "Approved", kind + ".approved.png");
        byte[] png = FigureCases.Kinds[kind]().ToPng();
        if (File.Exists(approved) && Difference(File.ReadAllBytes(approved), png) < 0.005) return;
        File.WriteAllBytes(approved.Replace(".approved.", ".received.", StringComparison.Ordinal), png);
        Assert.Fail($"{kind}.png differs from {approved}; look at the one received and copy it over if it is right.");
    }

    [Theory]
    [InlineData("line")]
    [InlineData("curves")]
    [InlineData("heatmap")]
    public void The_pictures_of_the_guide_are_those_of_today(string kind)
    {
        string path = Repository.File("docs", "guides", "figures", kind + ".svg"), svg = FigureCases.Kinds[kind]().ToSvg();
        if (File.Exists(path) && File.ReadAllText(path) == svg) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path[..^".svg".Length] + ".received.svg", svg);
        Assert.Fail($"{path} is stale: look at the one received and copy it over if it is right.");
    }

    [Fact]
    public void Dots_per_inch_make_a_png_larger_and_leave_its_layout()
    {
        Figure figure = FigureCases.Kinds["line"]();
        using SKBitmap small = SKBitmap.Decode(figure.ToPng());
        using SKBitmap large = SKBitmap.Decode(figure.Size(800, 500, dpi: 192).ToPng());
        Assert.Equal((1600, 1000), (large.Width, large.Height));
        using SKBitmap halved = large.Resize(new SKImageInfo(800, 500), new SKSamplingOptions(SKCubicResampler.Mitchell));
        Assert.True(Difference(small, halved) < 0.02, "the large picture shows something else");
    }

    [Fact]
    public void Pictures_of_one_page_have_parts_of_different_names()
    {
        string first = FigureCases.Kinds["line"]().ToSvg(), second = FigureCases.Kinds["curves"]().ToSvg();
        Assert.Empty(Ids(first).Intersect(Ids(second)));
        Assert.NotEmpty(Ids(first));
    }

    [Fact]
    public void What_a_table_says_is_text_in_an_svg()
    {
        string svg = FigureCases.Hard["markup"]().Titled("<script>alert(1)</script> & more\u0001").ToSvg();
        Assert.DoesNotContain(XDocument.Parse(svg).Descendants(), element => element.Name.LocalName is "script" or "b");
        Assert.Contains("&lt;script&gt;", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("")]
    public void A_machine_without_a_font_gets_the_names_of_packages(params string[] families)
    {
        string message = Assert.Throws<AssayException>(() => PictureText.Choose(families, family => family.Length > 0)).Message;
        Assert.Contains("fonts-dejavu-core", message, StringComparison.Ordinal);
        Assert.Contains(".html", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_font_with_letters_is_taken_where_none_of_the_usual_ones_is() =>
        Assert.Equal("Carlito", PictureText.Choose(["Symbols", "Carlito"], family => family != "Symbols"));

    [Fact]
    public void Low_panels_have_two_labels_on_an_axis_of_powers()
    {
        string[] texts = [.. PlacedText.In(FigureCases.Hard["small-facets"]().ToSvg()).Select(text => text.Text)];
        Assert.Equal(4, texts.Count(text => text == "1"));
        Assert.Equal(4, texts.Count(text => text == "10"));
    }

    [Fact]
    public void A_figure_without_room_says_so() => Assert.Equal(
        "A figure of 150 × 120 pixels has no room for 9 panels; expected a larger one. Give it more with Figure.Size(width, height), "
            + "or on the command line with --width and --height.",
        Assert.Throws<AssayException>(() => Crowded().ToSvg()).Message);

    private static Figure Crowded() => new()
    {
        Width = 150,
        Height = 120,
        Panels =
        [
            .. Enumerable.Range(0, 9).Select(i => new Panel
            {
                Row = i / 3, Column = i % 3, X = new Axis { Label = "x" }, Marks = [new LineMark { X = [0, 1], Y = [0, 1] }],
            }),
        ],
    };

    private static IEnumerable<string> Ids(string svg) =>
        System.Text.RegularExpressions.Regex.Matches(svg, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value);

    private static double Difference(byte[] one, byte[] other)
    {
        using SKBitmap first = SKBitmap.Decode(one), second = SKBitmap.Decode(other);
        return Difference(first, second);
    }

    /// <summary>The mean difference of a colour, as a share of the largest one.</summary>
    private static double Difference(SKBitmap one, SKBitmap other)
    {
        if (one.Width != other.Width || one.Height != other.Height) return 1;
        SKColor[] a = one.Pixels, b = other.Pixels;
        return a.Zip(b, (p, q) => Math.Abs(p.Red - q.Red) + Math.Abs(p.Green - q.Green) + Math.Abs(p.Blue - q.Blue)).Average() / (3 * 255);
    }
}
