namespace Assay.Messages;

/// <summary>Finds what a mistyped member name probably meant.</summary>
public static class NearestNames
{
    /// <summary>Up to three paths, nearest first; none when nothing is near.</summary>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> paths)
    {
        string wanted = Normalise(name);
        int limit = Math.Max(1, Normalise(LastPart(name)).Length / 3);
        return [.. paths.Select(path => (Path: path, Distance: Distance(wanted, path)))
            .Where(candidate => candidate.Distance <= limit)
            .OrderBy(candidate => candidate.Distance).Take(3).Select(candidate => candidate.Path)];
    }

    /// <summary>A name without what writers vary: case, underscores, hyphens and spaces.</summary>
    public static string Normalise(string name) => string.Concat(name.Where(c => c is not ('_' or '-' or ' '))).ToUpperInvariant();

    // The whole path counts, and the last name alone: people forget the outer name more often than they misspell it.
    private static int Distance(string wanted, string path)
    {
        string whole = Normalise(path), last = Normalise(LastPart(path));
        return Math.Min(Edits(wanted, whole), Math.Min(Edits(wanted, last), Edits(Normalise(LastPart(wanted)), last) + 1));
    }

    private static string LastPart(string path) => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>The number of characters to insert, delete, replace, or swap with their neighbour (optimal string alignment).</summary>
    private static int Edits(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
