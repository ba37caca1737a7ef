namespace Assay.Tables.Avro;

/// <summary>
/// Names of fields: Avro allows letters, digits and underscores of ASCII, no digit first. Every other character becomes an underscore
/// (<c>optimizer.rate</c> is <c>optimizer_rate</c>), and a name that is then taken gets a number. The field keeps the real name beside it.
/// </summary>
internal static class AvroNames
{
    public static string[] Of(IReadOnlyList<Column> columns)
    {
        var unique = new UniqueNames();
        var names = new string[columns.Count];
        // Names that are valid as they are come first, so that no escaped one takes theirs.
        for (int i = 0; i < names.Length; i++)
            if (IsValid(columns[i].Name)) names[i] = unique.Add(columns[i].Name, i);
        for (int i = 0; i < names.Length; i++) names[i] ??= unique.Add(Escape(columns[i].Name), i);
        return names;
    }

    private static bool IsValid(string name) => name.Length > 0 && Escape(name) == name;

    private static string Escape(string name)
    {
        string escaped = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return name.Length > 0 && char.IsAsciiDigit(name[0]) ? "_" + escaped : escaped;
    }
}
