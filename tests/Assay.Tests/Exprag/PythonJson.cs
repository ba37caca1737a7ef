using System.Globalization;
using System.Numerics;
using System.Text;

namespace Assay.Tests.Exprag;

/// <summary>
/// JSON as Python's <c>json.loads</c> reads it: null, bool, BigInteger, double, string, List and Dictionary; whole numbers of any size,
/// lone surrogates kept, of equal keys the last, NaN and infinities as bare words. It shares no code with the writer, and so no fault.
/// </summary>
internal sealed class PythonJson
{
    private readonly string _text;
    private int _at;

    private PythonJson(string text) => _text = text;

    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static object? Parse(string text)
    {
        var json = new PythonJson(text);
        json.Space();
        object? value = json.Value();
        json.Space();
        return json._at == text.Length ? value : throw json.Bad("extra data");
    }

    private object? Value()
    {
        if (_at == _text.Length) throw Bad("expecting value");
        switch (_text[_at])
        {
            case '{': return Object();
            case '[': return List();
            case '"': return Text();
        }

        (string Word, object? Value)[] words =
        [
            ("null", null), ("true", true), ("false", false), ("NaN", double.NaN), ("Infinity", double.PositiveInfinity),
            ("-Infinity", double.NegativeInfinity),
        ];
        foreach ((string word, object? value) in words)
        {
            if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0) continue;
            _at += word.Length;
            return value;
        }

        return Number();
    }

    private Dictionary<string, object?> Object()
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        Space();
        if (Take('}')) return members;
        while (true)
        {
            Space();
            if (_at == _text.Length || _text[_at] != '"') throw Bad("expecting property name");
            string name = Text();
            Space();
            Expect(':');
            Space();
            members[name] = Value();
            Space();
            if (Take('}')) return members;
            Expect(',');
        }
    }

    private List<object?> List()
    {
        var items = new List<object?>();
        _at++;
        Space();
        if (Take(']')) return items;
        while (true)
        {
            Space();
            items.Add(Value());
            Space();
            if (Take(']')) return items;
            Expect(',');
        }
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at == _text.Length) throw Bad("unterminated string");
            char c = _text[_at];
            if (c == '"') break;
            if (c < ' ') throw Bad("invalid control character");
            text.Append(c == '\\' ? Escape() : c);
        }

        _at++;
        return text.ToString();
    }

    private char Escape()
    {
        if (++_at == _text.Length) throw Bad("unterminated string");
        int known = "\"\\/bfnrt".IndexOf(_text[_at], StringComparison.Ordinal);
        if (known >= 0) return "\"\\/\b\f\n\r\t"[known];
        if (_text[_at] != 'u' || _at + 4 >= _text.Length
            || !ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            throw Bad("invalid escape");
        _at += 4;
        return (char)code;
    }

    private object Number()
    {
        int start = _at;
        Take('-');
        int digits = _at;
        Digits();
        if (_at == digits || (_text[digits] == '0' && _at > digits + 1)) throw Bad("expecting value");
        bool real = false;
        if (_at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]))
        {
            real = true;
            _at++;
            Digits();
        }

        if (_at < _text.Length && _text[_at] is ('e' or 'E'))
        {
            int mark = _at++;
            if (!Take('+')) Take('-');
            int exponent = _at;
            Digits();
            if (_at == exponent) _at = mark;
            else real = true;
        }

        string number = _text[start.._at];
        return real ? double.Parse(number, CultureInfo.InvariantCulture) : BigInteger.Parse(number, CultureInfo.InvariantCulture);
    }

    private void Digits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
    }

    private void Space()
    {
        while (_at < _text.Length && _text[_at] is (' ' or '\t' or '\n' or '\r')) _at++;
    }

    private bool Take(char c)
    {
        if (_at == _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private void Expect(char c)
    {
        if (!Take(c)) throw Bad($"expecting '{c}'");
    }

    private FormatException Bad(string what) => new($"{what}: char {_at}");
}
