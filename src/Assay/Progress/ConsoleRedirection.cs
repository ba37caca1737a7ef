using Spectre.Console;

namespace Assay;

/// <summary>Redirects standard output and standard error, if they are terminals, to buffers until <see cref="Restore"/>.</summary>
internal sealed class ConsoleRedirection
{
    private readonly List<(LineBuffer Buffer, Action Restore)> _redirected = [];

    public ConsoleRedirection()
    {
        if (!Console.IsOutputRedirected) Redirect(Console.Out, () => Console.Out, Console.SetOut);
        if (!Console.IsErrorRedirected) Redirect(Console.Error, () => Console.Error, Console.SetError);
    }

    /// <summary>Writes the complete lines of the buffers to the console.</summary>
    public void Flush(IAnsiConsole console)
    {
        foreach ((LineBuffer buffer, _) in _redirected) buffer.FlushTo(console, all: false);
    }

    /// <summary>Restores the writers and writes the rest of the buffers. A writer that was replaced in the meantime is kept.</summary>
    public void Restore(IAnsiConsole console)
    {
        foreach ((LineBuffer buffer, Action restore) in _redirected)
        {
            restore();
            buffer.FlushTo(console, all: true);
        }
    }

    private void Redirect(TextWriter original, Func<TextWriter> current, Action<TextWriter> set)
    {
        var buffer = new LineBuffer();
        set(buffer);
        // Console.SetOut wraps the writer, so the wrapper identifies it.
        TextWriter installed = current();
        _redirected.Add((buffer, () =>
        {
            if (ReferenceEquals(current(), installed)) set(original);
        }
        ));
    }
}
