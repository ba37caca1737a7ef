using System.Globalization;
using System.Text;

namespace Assay.Names;

/// <summary>Reads a path from text.</summary>
internal sealed class PathText(string text)
{
    private readonly List<PathStep> _steps = [];
    private int _at;

    public ValuePath Read()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '[') Bracket();
            else Key();
            if (_at == text.Length) break;
            if (text[_at] == '[') continue;
            if (text[_at] != '.') throw Fault("a dot or a bracket");
            _at++;
            if (_at == text.Length) throw Fault("a name after the dot");
        }

        return _steps.Count > 0 ? new ValuePath(_steps) : throw Fault("a name");
    }

    private void Key()
    {
        int from = _at;
        while (_at < text.Length && text[_at] is not ('.' or '[' or ']' or '"')) _at++;
        if (_at == from) throw Fault("a name");
        _steps.Add(new PathStep(text[from.._at]));
    }

    private void Bracket()
    {
        _at++;
        if (_at < text.Length && text[_at] is '"' or '\'')
        {
            _steps.Add(new PathStep(Quoted()));
        }
        else
        {
            int from = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
            if (_at == from) _steps.Add(PathStep.Each);
            else if (int.TryParse(text[from.._at], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                _steps.Add(new PathStep(null, index));
            else throw Fault("a place that lists can have");
        }

        if (_at == text.Length || text[_at] != ']')
            throw Fault("a closing bracket: [] for all elements, [0] for one, [\"a.b\"] for a name with a dot");
        _at++;
    }

    private string Quoted()
    {
        char quote = text[_at++];
        var key = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            key.Append(text[_at++]);
        }

        if (_at == text.Length) throw Fault("a closing quotation mark");
        _at++;
        return key.ToString();
    }

    private NameException Fault(string expected)
    {
        string place = _at < text.Length ? $"'{text[_at]}'" : "its end";
        return new NameException($"the path '{text}' cannot be read at character {_at + 1}, {place}; expected {expected}.");
    }
}
