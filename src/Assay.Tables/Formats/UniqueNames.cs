namespace Assay.Tables;

/// <summary>Names for the columns of a file that may repeat or lack them: <c>loss</c>, <c>loss_2</c>; <c>column_3</c> for an empty one.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // Where counting goes on for a name that comes again: from the start it would take forever in a file of equal names.
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    public string Add(string name, int position) => Add(name.Length > 0 ? name : $"column_{position + 1}");

    /// <summary>The name, even an empty one, made different from those before it.</summary>
    public string Add(string name)
    {
        string unique = name;
        int number = _last.GetValueOrDefault(name, 1);
        while (!_taken.Add(unique)) unique = $"{name}_{++number}";
        _last[name] = number;
        return unique;
    }
}
