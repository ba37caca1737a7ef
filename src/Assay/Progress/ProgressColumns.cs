using Spectre.Console;
using Spectre.Console.Rendering;

namespace Assay;

/// <summary>A bar of a third of the line. The columns of the library give the line to the text and narrow the bar.</summary>
internal sealed class BarColumn : ProgressColumn
{
    private readonly ProgressBarColumn _bar = new();

    protected override bool NoWrap => true;

    public static int WidthOf(RenderOptions options) => Math.Max(1, (options.ConsoleSize.Width + 2) / 3);

    public override int? GetColumnWidth(RenderOptions options) => WidthOf(options);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        _bar.Width = WidthOf(options);
        return _bar.Render(options, task, deltaTime);
    }
}

/// <summary>The description of the task, plain text, cut to what the spinner and the bar leave of the line.</summary>
internal sealed class TextColumn : ProgressColumn
{
    // The spinner, a space behind it and one behind the bar, and the last cell, at which some terminals begin a new line.
    private const int Others = 4;

    protected override bool NoWrap => true;

    public override int? GetColumnWidth(RenderOptions options) => Room(options);

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(TextTable.Cut(task.Description.ReplaceLineEndings(" "), Room(options), withLength: false));

    private static int Room(RenderOptions options) => Math.Max(1, options.ConsoleSize.Width - BarColumn.WidthOf(options) - Others);
}
