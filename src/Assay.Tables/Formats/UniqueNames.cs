namespace Assay.Tables;

/// <summary>
/// Names for the columns of a file that may repeat or lack them: <c>loss</c>, <c>loss_2</c>; <c>column_3</c> for an empty one. For readers
/// and writers of formats. Not safe for use from several threads at once.
/// </summary>
public sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    // Where counting goes on for a name that comes again: from the start it would take forever in a file of equal names.
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>The name, or one made of its position where it is empty, made different from those before it.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="position">The place of the column, counted from 0.</param>
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
