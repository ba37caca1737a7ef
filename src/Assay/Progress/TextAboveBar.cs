using System.Text;
using Spectre.Console;

namespace Assay;

/// <summary>
/// Holds what the program prints while a bar is drawn, so that it appears above the bar line by line; otherwise both would overwrite each other. A line without its end waits
/// for it, or for the bar's end. Thread-safe.
/// </summary>
internal sealed class TextAboveBar : TextWriter
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
    /// Moves what was written to a console. Called by the thread that draws the bar and not while writing: a writer holds the lock of <see cref="Console.Out"/>, which the
    /// console may wait for while it holds its own.
    /// </summary>
    /// <param name="console">The one the bar is drawn on.</param>
    /// <param name="all">Also the line whose end is missing.</param>
    public void MoveTo(IAnsiConsole console, bool all)
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
        {
            if (_text[i - 1] == '\n') return i;
        }

        return 0;
    }
}
