using System.Text;

namespace Assay.Chat;

/// <summary>
/// A prompt on a terminal: a line with a cursor, a history, completion, and output of others above it. The line is one row of the screen,
/// of which the part around the cursor is shown, so that it can be drawn anew at any time.
/// </summary>
internal sealed class LineEditor : ReplConsole
{
    private const string Erase = "\r\e[J";

    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();
    private readonly List<string> _history = [];
    private int _cursor, _place;
    private bool _isReading;

    public override bool IsInteractive => true;

    // A terminal wraps a row that is full.
    public override int? Width => Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;

    public static bool IsPossible => !Console.IsInputRedirected && !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    public override string? ReadLine()
    {
        lock (_gate)
        {
            _line.Clear();
            (_cursor, _place, _isReading) = (0, _history.Count, true);
            Draw();
        }

        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            lock (_gate)
            {
                bool isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
                if (key.Key == ConsoleKey.Enter) return End(_line.ToString());
                if (isControl && key.Key == ConsoleKey.D && _line.Length == 0) return End(null);
                if (isControl) Control(key.Key);
                else Press(key);
                Draw();
            }
        }
    }

    public override void Write(string lines)
    {
        lock (_gate)
        {
            Console.Out.Write((_isReading ? Erase : "") + lines + "\n");
            if (_isReading) Draw();
        }
    }

    public override void Refresh()
    {
        lock (_gate)
        {
            if (_isReading) Draw();
        }
    }

    public override void Clear()
    {
        lock (_gate) Console.Out.Write("\e[H\e[2J\e[3J");
    }

    public override void Drop()
    {
        lock (_gate)
        {
            _line.Clear();
            _cursor = 0;
        }
    }

    private string? End(string? line)
    {
        _cursor = _line.Length;
        Draw();
        Console.Out.Write("\n");
        _isReading = false;
        if (!string.IsNullOrWhiteSpace(line) && _history.LastOrDefault() != line) _history.Add(line);
        return line;
    }

    private void Draw()
    {
        string prompt = Prompt();
        int room = Math.Max(Width!.Value - prompt.Length, 8), start = Math.Max(_cursor - room, 0);
        string shown = _line.ToString(start, Math.Min(_line.Length - start, room));
        int back = shown.Length - (_cursor - start);
        Console.Out.Write(Erase + prompt + Printable.Line(shown) + (back > 0 ? $"\e[{back}D" : ""));
        Console.Out.Flush();
    }

    private void Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Backspace: Remove(Before(), _cursor); break;
            case ConsoleKey.Delete: Remove(_cursor, After()); break;
            case ConsoleKey.LeftArrow: _cursor = Before(); break;
            case ConsoleKey.RightArrow: _cursor = After(); break;
            case ConsoleKey.Home: _cursor = 0; break;
            case ConsoleKey.End: _cursor = _line.Length; break;
            case ConsoleKey.UpArrow: Recall(_place - 1); break;
            case ConsoleKey.DownArrow: Recall(_place + 1); break;
            case ConsoleKey.Tab: CompleteWord(); break;
            default:
                if (!char.IsControl(key.KeyChar)) _line.Insert(_cursor++, key.KeyChar);
                break;
        }
    }

    private void Control(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: _cursor = 0; break;
            case ConsoleKey.E: _cursor = _line.Length; break;
            case ConsoleKey.U: Remove(0, _cursor); break;
            case ConsoleKey.K: Remove(_cursor, _line.Length); break;
            case ConsoleKey.W: Remove(_line.ToString(0, _cursor).TrimEnd().LastIndexOf(' ') + 1, _cursor); break;
            case ConsoleKey.P: Recall(_place - 1); break;
            case ConsoleKey.N: Recall(_place + 1); break;
            case ConsoleKey.H: Remove(Before(), _cursor); break;
            case ConsoleKey.D: Remove(_cursor, After()); break;
            case ConsoleKey.L: Clear(); break;
        }
    }

    // Characters outside of the basic plane are two of a string.
    private int Before() => Math.Max(_cursor - (_cursor > 1 && char.IsLowSurrogate(_line[_cursor - 1]) ? 2 : 1), 0);

    private int After() =>
        Math.Min(_cursor + (_cursor < _line.Length && char.IsHighSurrogate(_line[_cursor]) ? 2 : 1), _line.Length);

    private void Remove(int from, int to)
    {
        _line.Remove(from, to - from);
        _cursor = from;
    }

    private void Recall(int place)
    {
        if (place < 0 || place > _history.Count) return;
        _place = place;
        _line.Clear().Append(place < _history.Count ? _history[place] : "");
        _cursor = _line.Length;
    }

    private void CompleteWord()
    {
        string typed = _line.ToString(0, _cursor), word = typed[(typed.LastIndexOf(' ') + 1)..];
        IReadOnlyList<string> found = Complete(typed);
        if (found.Count == 0) return;
        string common = found.Aggregate((a, b) => a[..a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count()]);
        string whole = found.Count == 1 && !common.EndsWith('/') && !common.EndsWith(':') ? common + " " : common;
        if (whole.Length > word.Length)
        {
            Remove(_cursor - word.Length, _cursor);
            _line.Insert(_cursor, whole);
            _cursor += whole.Length;
        }
        else if (found.Count > 1)
        {
            Write(Printable.Line(string.Join("  ", found.Take(40))));
        }
    }
}
