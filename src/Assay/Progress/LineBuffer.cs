using System.Text;
using Spectre.Console;

namespace Assay;

/// <summary>
/// Buffers the output of the program while a progress bar is drawn, so that complete lines can be written above the bar. An incomplete
/// line stays in the buffer until its end is written or the bar ends. Thread-safe.
/// </summary>
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
    /// Writes the buffered text to a console. It is called by the thread that draws the bar and not by <c>Write</c>, whose caller holds
    /// the lock of <see cref="Console.Out"/>; the console may wait for that lock while it holds its own.
    /// </summary>
    /// <param name="console">The console with the bar.</param>
    /// <param name="all">Whether to write an incomplete last line too.</param>
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
