using System.Text;
using Spectre.Console;

namespace Assay;

/// <summary>Redirects standard output and standard error, if they are terminals, to buffers until it is disposed of.</summary>
internal sealed class ConsoleRedirection : IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly List<(LineBuffer Buffer, Action Restore)> _redirected = [];

    public ConsoleRedirection(IAnsiConsole console)
    {
        _console = console;
        if (!Console.IsOutputRedirected) Redirect(Console.Out, () => Console.Out, Console.SetOut);
        if (!Console.IsErrorRedirected) Redirect(Console.Error, () => Console.Error, Console.SetError);
    }

    public void Flush() => _redirected.ForEach(r => r.Buffer.FlushTo(_console, all: false));

    /// <summary>Restores the writers and writes the rest of the buffers. A writer that was replaced in the meantime is kept.</summary>
    public void Dispose()
    {
        foreach ((LineBuffer buffer, Action restore) in _redirected)
        {
            restore();
            buffer.FlushTo(_console, all: true);
        }
    }

    private void Redirect(TextWriter original, Func<TextWriter> current, Action<TextWriter> set)
    {
        var buffer = new LineBuffer();
        set(buffer);
        // Console.SetOut wraps the writer, so the wrapper identifies it.
        TextWriter installed = current();
        _redirected.Add((buffer, RestoreWriter));

        void RestoreWriter()
        {
            if (ReferenceEquals(current(), installed)) set(original);
        }
    }
}

/// <summary>Buffers output while a progress bar is drawn, so that whole lines can be written above the bar. Thread-safe.</summary>
internal sealed class LineBuffer : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> text)
    {
        lock (_gate) _text.Append(text);
    }

    /// <summary>
    /// Writes the complete lines, or all of the buffered text, to a console. It is called by the thread that draws the bar and not by
    /// <c>Write</c>, whose caller holds the lock of <see cref="Console.Out"/>; the console may wait for that lock while it holds its own.
    /// </summary>
    public void FlushTo(IAnsiConsole console, bool all)
    {
        string text;
        lock (_gate)
        {
            int end = all ? _text.Length : LastLineEnd();
            if (end == 0) return;
            text = _text.ToString(0, end);
            _text.Remove(0, end);
        }

        TerminalLines.WriteTo(console, text);
    }

    private int LastLineEnd()
    {
        for (int i = _text.Length; i > 0; i--)
            if (_text[i - 1] == '\n') return i;
        return 0;
    }
}

/// <summary>Writes lines to a terminal with a progress bar. They replace the bar, which is drawn again below them.</summary>
internal static class TerminalLines
{
    // Spectre writes over the bar from its start, so the rest of the line must be erased.
    private const string EraseToEnd = "\u001b[K";
    private const string Yellow = "\u001b[33m";
    private const string Reset = "\u001b[0m";

    /// <summary>Writes a text unchanged: without wrapping, and not as markup. A missing line end is added.</summary>
    public static void WriteTo(IAnsiConsole console, string text)
    {
        string lines = text.EndsWith('\n') ? text : text + "\n";
        console.Write(new ControlCode(lines.Replace("\n", EraseToEnd + "\n", StringComparison.Ordinal)));
    }

    public static void WriteWarning(IAnsiConsole console, string text) =>
        WriteTo(console, console.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? text : Yellow + text + Reset);
}
