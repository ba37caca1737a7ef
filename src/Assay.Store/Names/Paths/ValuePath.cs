using System.Globalization;
using System.Text;

namespace Assay.Names;

/// <summary>
/// Where a value stands inside a nested one: <c>metrics.acc</c>, <c>layers[].size</c> for every element of a list, <c>layers[0]</c> for
/// one, <c>["a.b"]</c> for a key that is more than letters, digits and a few signs. What <see cref="ToString"/> writes, <see cref="Parse"/>
/// reads.
/// </summary>
internal sealed class ValuePath(IReadOnlyList<PathStep> steps)
{
    public static ValuePath Root { get; } = new([]);

    public IReadOnlyList<PathStep> Steps => steps;

    /// <summary>The path as one name, as metrics may have it; null where it goes through lists.</summary>
    public string? WholeName { get; } = steps.Count > 0
        && steps.All(s => s.Key is not null) ? string.Join('.', steps.Select(s => s.Key)) : null;

    /// <summary>Whether every step is a plain name, without dots and brackets among others.</summary>
    public bool IsPlain { get; } = steps.All(s => s.Key is { } key && PathStep.IsPlain(key));

    /// <exception cref="AssayException">The text is no path; the message says where and why.</exception>
    public static ValuePath Parse(string text) => new PathText(text).Read();

    public ValuePath Then(PathStep step) => new([.. steps, step]);

    public ValuePath Skip(int count) => new([.. steps.Skip(count)]);

    /// <summary>All values it leads to; none where the value has another form.</summary>
    public IEnumerable<object?> Select(object? value) => Select(value, 0);

    /// <summary>Whether the names on the way to a value that is there have the casing and underscores of the path.</summary>
    public bool IsExactIn(IReadOnlyDictionary<string, object?> values)
    {
        if (WholeName is { } name && values.ContainsKey(name)) return true;
        object? at = values;
        return steps.All(
            s => s.Key is not { } key || at is not IReadOnlyDictionary<string, object?> named || named.TryGetValue(key, out at));
    }

    public override string ToString() =>
        string.Concat(steps.Select(step => step.ToString()).Select((part, i) => i > 0 && part[0] != '[' ? "." + part : part));

    private IEnumerable<object?> Select(object? value, int at)
    {
        if (at == steps.Count) return [value];
        PathStep step = steps[at];
        return value switch
        {
            IReadOnlyDictionary<string, object?> named when step.Key is { } key =>
                TryKey(named, key, out object? inner) ? Select(inner, at + 1) : [],
            object?[] list when step.IsEach => list.SelectMany(element => Select(element, at + 1)),
            object?[] list when Place(step) is { } index && index < list.Length => Select(list[index], at + 1),
            _ => [],
        };
    }

    // layers.0.size is how other tools write layers[0].size.
    private static int? Place(PathStep step) =>
        step.Index ?? (int.TryParse(step.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null);

    /// <summary>The value of the exact key; otherwise of the only one that differs in casing and underscores alone.</summary>
    public static bool TryKey(IReadOnlyDictionary<string, object?> named, string key, out object? value)
    {
        if (named.TryGetValue(key, out value)) return true;
        string[] similar = [.. named.Keys.Where(k => PathStep.AreAlike(k, key)).Take(2)];
        value = similar is [string only] ? named[only] : null;
        return similar.Length == 1;
    }
}

/// <summary>One step into a nested value: a key of an object, a place in a list, or every element of a list.</summary>
/// <param name="Key">The key; null for a step into a list.</param>
/// <param name="Index">The place in a list; null for every element.</param>
internal readonly record struct PathStep(string? Key, int? Index = null)
{
    public static PathStep Each { get; } = new(null);

    public bool IsEach => Key is null && Index is null;

    /// <summary>Whether a key can stand in a path, and in a condition, without quotes.</summary>
    public static bool IsPlain(string key) => key.Length > 0 && key.All(IsPlain);

    public static bool IsPlain(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '/' or '@' or ':' or '$' or '#';

    /// <summary>A key without casing and underscores, which do not matter unless two keys differ in nothing else.</summary>
    public static string Normalise(string key) => key.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    public static bool AreAlike(string one, string other) => Normalise(one) == Normalise(other);

    /// <summary>As it stands in a path, without the dot before a key.</summary>
    public override string ToString() => this switch
    {
        { Key: { } key } when IsPlain(key) => key,
        { Key: { } key } => $"[\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]",
        { Index: { } index } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{index}]"),
        _ => "[]",
    };
}

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
            _steps.Add(new PathStep(Quoted()));
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
