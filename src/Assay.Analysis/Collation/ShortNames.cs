namespace Assay.Analysis;

/// <summary>Short names for dotted paths: as many last steps as tell a path apart from all others and from names that are taken.</summary>
internal static class ShortNames
{
    /// <summary>The names by path, in the order of the paths.</summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> paths, IEnumerable<string> taken)
    {
        string[] all = [.. paths];
        Dictionary<string, int> ends = new(StringComparer.Ordinal);
        foreach (string end in all.SelectMany(Ends)) ends[end] = ends.GetValueOrDefault(end) + 1;
        HashSet<string> used = new(taken, StringComparer.Ordinal);
        var names = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in all)
        {
            string? name = Ends(path).FirstOrDefault(end => ends[end] == 1 && !used.Contains(end));
            for (name ??= path; used.Contains(name);) name = "param_" + name;
            used.Add(name);
            names.Add(path, name);
        }

        return names;
    }

    // The shortest first. A key with a dot of its own stands in brackets and is not cut.
    private static IEnumerable<string> Ends(string path)
    {
        for (int at = path.Length; !path.Contains('[', StringComparison.Ordinal) && (at = path.LastIndexOf('.', at - 1)) > 0;)
            yield return path[(at + 1)..];

        yield return path;
    }
}
