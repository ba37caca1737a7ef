using Spectre.Console;

namespace Assay.Tests.Progress;

public sealed class TextAboveBarTests
{
    private const string Erase = "\u001b[K";

    [Fact]
    public void Whole_lines_are_shown_and_a_begun_one_waits_for_its_end()
    {
        using var above = new TextAboveBar();
        above.Write("one\ntwo\nbeg");
        Assert.Equal($"one{Erase}\ntwo{Erase}\n", Moved(above, all: false));
        Assert.Equal("", Moved(above, all: false));
        above.Write('u');
        above.WriteLine("n");
        Assert.Equal($"begun{Erase}\n", Moved(above, all: false));
    }

    [Fact]
    public void What_is_begun_when_the_bar_ends_is_shown_too()
    {
        using var above = new TextAboveBar();
        above.Write("[red]no end");
        Assert.Equal($"[red]no end{Erase}\n", Moved(above, all: true));
    }

    [Fact]
    public void Lines_of_many_threads_come_whole()
    {
        using var above = new TextAboveBar();
        TextWriter shared = TextWriter.Synchronized(above);
        Parallel.For(0, 400, i => shared.WriteLine($"line {i}"));
        string[] lines = Moved(above, all: false).Replace(Erase, "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"line {i}").Order(), lines.Order());
    }

    private static string Moved(TextAboveBar above, bool all)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.Yes });
        above.MoveTo(console, all);
        return text.ToString();
    }
}
