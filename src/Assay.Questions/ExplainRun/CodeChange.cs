namespace Assay.Questions;

/// <summary>How the code of two runs differs, member by member.</summary>
/// <param name="Known">Whether both sessions recorded their members; without that only the fingerprints can be compared.</param>
/// <param name="Changed">Members with another body, by name.</param>
/// <param name="Added">Members only the newer run's code reaches.</param>
/// <param name="Removed">Members only the older run's code reaches.</param>
/// <param name="Packages">Packages with another version, added or removed.</param>
internal sealed record CodeChange(
    bool Known, IReadOnlyList<string> Changed, IReadOnlyList<string> Added, IReadOnlyList<string> Removed,
    IReadOnlyList<ValueChange> Packages)
{
    private const string PackagePrefix = "package:";

    public static CodeChange Between(RecordedSession? before, RecordedSession? after)
    {
        if (before?.CodeMembers is not { } old || after?.CodeMembers is not { } now) return new CodeChange(false, [], [], [], []);
        ValueChange[] all = [.. ValueChange.Named("packages", Values(old), Values(now)).OrderBy(c => c.Name, StringComparer.Ordinal)];
        string[] Members(string change) => [.. all.Where(c => c.Change == change && !IsPackage(c.Name)).Select(c => c.Name)];
        return new CodeChange(true, Members(ValueChange.Changed), Members(ValueChange.Added), Members(ValueChange.Removed),
            [.. all.Where(c => IsPackage(c.Name)).Select(c => c with { Name = c.Name[PackagePrefix.Length..] })]);
    }

    /// <summary>A clause about the possible causes of different code of the same source.</summary>
    public static string BuildHint(RecordedSession? before, RecordedSession? after)
    {
        const int MostPackages = 5;
        var causes = new List<string>();
        if ((before?.Program?.Configuration, after?.Program?.Configuration) is ({ } one, { } other) && one != other)
            causes.Add($"the one was built as {one}, the other as {other}");
        IReadOnlyList<ValueChange> packages = Between(before, after).Packages;
        if (packages.Count > 0)
        {
            IEnumerable<string> shown = packages.Take(MostPackages).Select(p => $"{p.Name} {p.Before ?? "none"} -> {p.After ?? "none"}");
            causes.Add($"packages differ: {string.Join(", ", shown)}{(packages.Count > MostPackages ? ", …" : "")}");
        }

        return causes.Count > 0 ? string.Join("; ", causes)
            : "a Debug and a Release build differ, and another SDK may make other code of the same source";
    }

    public static bool IsPackage(string name) => name.StartsWith(PackagePrefix, StringComparison.Ordinal);

    private static Dictionary<string, object?> Values(IReadOnlyDictionary<string, string> members) =>
        members.ToDictionary(m => m.Key, m => (object?)m.Value, StringComparer.Ordinal);
}
