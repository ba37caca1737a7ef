using Spectre.Console;

namespace Assay;

/// <summary>Standard output and standard error, taken over as far as they are terminals until <see cref="GiveBack"/>.</summary>
internal sealed class TakenOutput
{
    private readonly List<(TextAboveBar Writer, Action GiveBack)> _taken = [];

    public TakenOutput()
    {
        if (!Console.IsOutputRedirected) Take(Console.Out, () => Console.Out, Console.SetOut);
        if (!Console.IsErrorRedirected) Take(Console.Error, () => Console.Error, Console.SetError);
    }

    /// <summary>Shows what the program printed since.</summary>
    public void MoveTo(IAnsiConsole console)
    {
        foreach ((TextAboveBar writer, _) in _taken) writer.MoveTo(console, all: false);
    }

    /// <summary>Gives the outputs back, and shows what is left. Whoever replaced one meanwhile keeps theirs.</summary>
    public void GiveBack(IAnsiConsole console)
    {
        foreach ((TextAboveBar writer, Action giveBack) in _taken)
        {
            giveBack();
            writer.MoveTo(console, all: true);
        }
    }

    private void Take(TextWriter before, Func<TextWriter> current, Action<TextWriter> set)
    {
        var writer = new TextAboveBar();
        set(writer);
        // The console wraps what it is given.
        TextWriter installed = current();
        _taken.Add((writer, () =>
        {
            if (ReferenceEquals(current(), installed)) set(before);
        }
        ));
    }
}
