namespace Assay.Questions;

/// <summary>What may have made different code of the same source, as far as the sessions tell.</summary>
internal static class BuildHint
{
    private const int MostPackages = 5;

    public static string Of(SessionFacts? before, SessionFacts? after)
    {
        var known = new List<string>();
        if ((before?.Program?.Configuration, after?.Program?.Configuration) is ({ } one, { } other) && one != other)
            known.Add($"the one was built as {one}, the other as {other}");
        CodeChange change = CodeChange.Between(before, after);
        if (change.Packages.Count > 0)
        {
            IEnumerable<string> packages = change.Packages.Take(MostPackages).Select(p => $"{p.Name} {p.Before ?? "none"} -> "
                + $"{p.After ?? "none"}");
            known.Add($"packages differ: {string.Join(", ", packages)}{(change.Packages.Count > MostPackages ? ", …" : "")}");
        }

        return known.Count > 0 ? string.Join("; ", known) : "a Debug and a Release build differ, "
            + "and another SDK may make other code of the same source";
    }
}
