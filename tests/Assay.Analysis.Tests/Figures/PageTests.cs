using Microsoft.Playwright;

namespace Assay.Analysis.Tests.Figures;

/// <summary>Pages in a real browser, without a network.</summary>
public sealed class PageTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (ChromiumFactAttribute.Program is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = ChromiumFactAttribute.Program, Args = ["--no-sandbox", "--enable-unsafe-swiftshader"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public async Task Figures_of_all_kinds_are_drawn_without_an_error()
    {
        Figure[] figures = [.. FigureCases.Kinds.Values.Select(make => make())];
        IPage page = await Open(Figure.ToHtml(figures));
        foreach ((int i, Figure figure) in figures.Index())
        {
            string? title = await page.Locator($"#figure-{i} .gtitle").TextContentAsync();
            Assert.Equal(figure.Title, title);
            string marks = $"#figure-{i} :is(.trace, .points, .hm, .contour, .parcoords, .boxlayer path)";
            Assert.NotEqual(0, await page.Locator(marks).CountAsync());
        }
    }

    [ChromiumFact]
    public async Task Figures_that_are_hard_to_place_are_drawn_without_an_error() =>
        await Open(Figure.ToHtml([.. FigureCases.Hard.Values.Select(make => make())]));

    [ChromiumFact]
    public async Task The_value_under_the_pointer_is_shown_with_its_interval()
    {
        IPage page = await Open(FigureCases.Kinds["line"]().ToHtml());
        ILocator point = page.Locator("#figure-0 .points path").First;
        await point.HoverAsync(new() { Force = true });
        string text = (await page.Locator(".hovertext").First.TextContentAsync())!;
        Assert.Contains("lr: 0.001", text, StringComparison.Ordinal);
        Assert.Contains("accuracy: 0.8", text, StringComparison.Ordinal);
        Assert.Contains("n: 20", text, StringComparison.Ordinal);
        Assert.Contains("from 0.8", text, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task The_data_can_be_downloaded_as_a_table()
    {
        Figure figure = FigureCases.Hard["markup"]();
        IPage page = await Open(figure.ToHtml());
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#figure-0 button").ClickAsync());
        string path = Path.Combine(_folder.Path, "data.csv");
        await download.SaveAsAsync(path);
        Table table = Table.Load(path);
        Assert.Equal("y-by-b-x-b.csv", download.SuggestedFilename);
        Assert.Equal(["series", "<b>x</b>", "y", "n"], table.Columns.Select(column => column.Name));
        Assert.Equal(
            ["</script><script>alert(1)</script>", "a & b", "\"quoted\"\u0001"], table.Rows.Select(row => (string?)row["series"]));
        Assert.Equal([1, 2, 3], table["y"].AsInt64s().ToArray());
    }

    [ChromiumFact]
    public async Task The_words_of_a_table_stay_words()
    {
        IPage page = await Open(FigureCases.Hard["markup"]().Titled("<img src=x onerror=alert(1)>").ToHtml());
        Assert.Equal("<img src=x onerror=alert(1)>", await page.TitleAsync());
        Assert.Equal("<img src=x onerror=alert(1)>", await page.Locator(".gtitle").TextContentAsync());
        Assert.Equal(3, await page.Locator("script").CountAsync());
    }

    [ChromiumFact]
    public async Task Parallel_axes_have_the_labels_of_the_picture_within_the_page()
    {
        Figure figure = FigureCases.Hard["wide-parallel"]();
        IPage page = await Open(figure.ToHtml());
        IReadOnlyList<string> labels = await page.Locator(".parcoords .axis .tick text").AllTextContentsAsync();
        Assert.Equal(
            ["0.0001", "0.001", "0.01", "0.1", "1", "2", "3"], labels.Where(label => label.Length > 0).Take(7));
        Assert.DoesNotContain(labels, label => label.Contains("sup", StringComparison.Ordinal));
        Assert.All(await Boxes(page, ".parcoords .axis .tick text"), box => Assert.InRange(box.X, 0, figure.Width));
        LocatorBoundingBoxResult title = (await page.Locator(".gtitle").BoundingBoxAsync())!;
        Assert.All(await Boxes(page, ".parcoords .axis .tick text"), box => Assert.True(box.Y > title.Y + title.Height));
    }

    [ChromiumFact]
    public async Task Names_on_a_first_parallel_axis_are_not_cut()
    {
        IPage page = await Open(Table.FromColumns(
            Column.Of("model", ["a transformer with eight heads", "a perceptron"]), Column.Of("layers", [1, 2]))
            .PlotParallel(["model", "layers"]).ToHtml());
        Assert.All(await Boxes(page, ".parcoords .axis .tick text"), box => Assert.True(box.X >= 8, $"begins at {box.X}"));
    }

    [ChromiumFact]
    public async Task Numbers_beside_axes_are_those_of_the_picture()
    {
        IPage page = await Open(FigureCases.Xy([0, 10_000, 20_000], [0.1, 0.2, 0.3]).PlotScatter("x", "y").ToHtml());
        Assert.Contains("5000", await page.Locator(".xtick text").AllTextContentsAsync());
        Assert.Contains("0.15", await page.Locator(".ytick text").AllTextContentsAsync());
    }

    [ChromiumFact]
    public async Task Headings_of_panels_do_not_lie_on_names_of_axes_in_a_low_figure()
    {
        IPage page = await Open(FigureCases.Hard["small-facets"]().ToHtml());
        IReadOnlyList<LocatorBoundingBoxResult> headings = await Boxes(page, ".annotation-text");
        Assert.Equal(4, headings.Count);
        foreach (LocatorBoundingBoxResult other in await Boxes(page, ":is(.xtitle, .x2title, .x3title, .x4title, .xtick text)"))
            Assert.All(headings, box => Assert.False(
                box.X < other.X + other.Width && other.X < box.X + box.Width
                && box.Y < other.Y + other.Height && other.Y < box.Y + box.Height));
    }

    private static async Task<IReadOnlyList<LocatorBoundingBoxResult>> Boxes(IPage page, string selector)
    {
        var boxes = new List<LocatorBoundingBoxResult>();
        foreach (ILocator found in await page.Locator(selector).AllAsync())
            if (await found.BoundingBoxAsync() is { } box) boxes.Add(box);
        return boxes;
    }

    // Fails on every error of the page, on every request it makes, and on a window it opens.
    private async Task<IPage> Open(string html)
    {
        string path = Path.Combine(_folder.Path, Path.GetRandomFileName() + ".html");
        await File.WriteAllTextAsync(path, html);
        IBrowserContext context = await _browser!.NewContextAsync(new() { Offline = true, AcceptDownloads = true });
        IPage page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        page.PageError += (_, error) => faults.Add(error);
        page.Dialog += (_, dialog) => faults.Add("a window: " + dialog.Message);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Scheme is not ("file" or "blob" or "data")) faults.Add(request.Url);
        };
        await page.GotoAsync("file://" + path);
        Assert.Empty(faults);
        Assert.Equal(await page.Locator("div.plot").CountAsync(), await page.Locator("div.plot:has(.main-svg)").CountAsync());
        return page;
    }
}
