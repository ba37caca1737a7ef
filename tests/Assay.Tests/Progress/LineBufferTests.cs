using Spectre.Console;

namespace Assay.Tests.Progress;

[Trait("Category", "Quick")]
public sealed class LineBufferTests
{
    private const string Erase = "\u001b[K";

    [Fact]
    public void Complete_lines_are_written_and_an_incomplete_line_waits_for_its_end()
    {
        using var buffer = new LineBuffer();
        buffer.Write("one\ntwo\nbeg");
        Assert.Equal($"one{Erase}\ntwo{Erase}\n", Flushed(buffer, all: false));
        Assert.Equal("", Flushed(buffer, all: false));
        buffer.Write('u');
        buffer.WriteLine("n");
        Assert.Equal($"begun{Erase}\n", Flushed(buffer, all: false));
    }

    [Fact]
    public void An_incomplete_line_is_written_when_the_bar_ends()
    {
        using var buffer = new LineBuffer();
        buffer.Write("[red]no end");
        Assert.Equal($"[red]no end{Erase}\n", Flushed(buffer, all: true));
    }

    [Fact]
    public void Lines_of_many_threads_stay_whole()
    {
        using var buffer = new LineBuffer();
        TextWriter shared = TextWriter.Synchronized(buffer);
        Parallel.For(0, 400, i => shared.WriteLine($"line {i}"));
        string text = Flushed(buffer, all: false).Replace(Erase, "", StringComparison.Ordinal);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"line {i}").Order(), lines.Order());
    }

    private static string Flushed(LineBuffer buffer, bool all)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.Yes });
        buffer.FlushTo(console, all);
        return text.ToString();
    }
}
