namespace Assay.Tables;

/// <summary>Which name in the data a member of a type takes its value from.</summary>
internal static class MemberNames
{
    /// <summary>
    /// The member's own name, or else the only one that differs from it in case and underscores alone; null where there is none.
    /// </summary>
    /// <exception cref="TableException">Several names differ in case and underscores alone.</exception>
    public static string? Find(string member, IReadOnlyCollection<string> names)
    {
        if (names.Contains(member, StringComparer.Ordinal)) return member;
        string plain = Plain(member);
        string[] fitting = names.Where(name => Plain(name) == plain).ToArray();
        if (fitting.Length <= 1) return fitting.FirstOrDefault();
        string all = string.Join(" and ", fitting.Select(name => $"'{name}'"));
        throw new TableException($"{all} fit '{member}' equally well; name one of them exactly so, or drop or rename the others.");
    }

    public static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
