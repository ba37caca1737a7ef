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

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (PathStep step in steps)
        {
            string part = step.ToString();
            if (text.Length > 0 && part[0] != '[') text.Append('.');
            text.Append(part);
        }

        return text.ToString();
    }

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

    /// <summary>
    /// The value of the exact key if there is one; otherwise of the only one that differs in casing and underscores alone.
    /// </summary>
    public static bool TryKey(IReadOnlyDictionary<string, object?> named, string key, out object? value)
    {
        if (named.TryGetValue(key, out value)) return true;
        string[] similar = [.. named.Keys.Where(k => PathStep.AreAlike(k, key)).Take(2)];
        value = similar is [string only] ? named[only] : null;
        return similar.Length == 1;
    }
}
