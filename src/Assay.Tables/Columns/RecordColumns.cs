namespace Assay.Tables;

/// <summary>
/// Columns as the members of a type look for them. The parameters of runs are columns called <c>param_NAME</c>; they also answer to NAME,
/// unless the type has a member for the whole name.
/// </summary>
internal sealed class RecordColumns
{
    private const string ParameterPrefix = "param_";

    private readonly Entry[] _entries;

    public RecordColumns(IEnumerable<KeyValuePair<string, Column>> columns, IEnumerable<string> members)
    {
        HashSet<string> own = [.. members.Select(MemberNames.Plain)];
        _entries = [.. columns.Select(c => IsParameter(c.Key) && !own.Contains(MemberNames.Plain(c.Key))
            ? new Entry(c.Key[ParameterPrefix.Length..], c.Value, IsParameter: true)
            : new Entry(c.Key, c.Value, IsParameter: false))];
    }

    /// <summary>The column that a member takes its value from; null where there is none.</summary>
    /// <exception cref="TableException">Several columns fit it.</exception>
    public Column? Find(string member)
    {
        string plain = MemberNames.Plain(member);
        Entry[] fitting = Array.FindAll(_entries, entry => MemberNames.Plain(entry.Name) == plain);
        if (fitting.Select(entry => entry.IsParameter).Distinct().Count() > 1)
            throw new TableException($"{Quoted(fitting)} fit '{member}' equally well, a parameter and another value of one name; "
                + "drop or rename all but one of them.");
        if (fitting.Length <= 1) return fitting.FirstOrDefault()?.Column;
        return fitting.FirstOrDefault(entry => entry.Name == member)?.Column
            ?? throw new TableException(MemberNames.Ambiguous(member, [.. fitting.Select(entry => entry.Column.Name)]));
    }

    /// <summary>The columns of a member's own members, such as <c>optimizer.rate</c>, by what follows the dot.</summary>
    public KeyValuePair<string, Column>[] Within(string member)
    {
        string plain = MemberNames.Plain(member);
        return
        [
            .. from entry in _entries
               let dot = entry.Name.IndexOf('.', StringComparison.Ordinal)
               where dot > 0 && MemberNames.Plain(entry.Name[..dot]) == plain
               select KeyValuePair.Create(entry.Name[(dot + 1)..], entry.Column),
        ];
    }

    /// <summary>All names, for messages.</summary>
    public override string ToString() => Quoted(_entries);

    private static bool IsParameter(string name) =>
        name.Length > ParameterPrefix.Length && name.StartsWith(ParameterPrefix, StringComparison.Ordinal);

    private static string Quoted(Entry[] entries) => string.Join(", ", entries.Select(entry => $"'{entry.Column.Name}'"));

    private sealed record Entry(string Name, Column Column, bool IsParameter);
}
