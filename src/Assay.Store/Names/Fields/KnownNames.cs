namespace Assay.Names;

/// <summary>Checks names against the values that runs have, and lists those there are in messages. Thread-safe.</summary>
public static class KnownNames
{
    private const int MostRuns = 200;
    private const int MostNames = 30;
    private const int LongestName = 60;

    /// <summary>Checks that at least one run has each field; without runs every name is accepted.</summary>
    /// <exception cref="AssayException">
    /// No run has one, and the message lists the names there are; or a name means two values of one run.
    /// </exception>
    public static void Require(Results runs, params IEnumerable<RunField> fields)
    {
        foreach (RunField field in fields)
            if (!IsKnown(runs, field)) throw Unknown(runs, field.Name);
    }

    /// <summary>
    /// As <see cref="Require(Results, IEnumerable{RunField})"/> for all runs, of which fewer are looked at: a name that means two values of
    /// one of them is known. Whether it is refused depends on the runs that are looked at.
    /// </summary>
    /// <exception cref="AssayException">No run has one; the message lists the names there are.</exception>
    public static void RequireAmong(Results all, params IEnumerable<RunField> fields)
    {
        foreach (RunField field in fields) RequireAmong(all, field, "");
    }

    /// <summary>As the other for one field, whose place stands in the message.</summary>
    internal static void RequireAmong(Results all, RunField field, string where)
    {
        bool isKnown = true;
        try
        {
            isKnown = IsKnown(all, field);
        }
        catch (AssayException fault) when (fault is not StoreException)
        {
            // It means two values of a run.
        }

        if (!isKnown) throw Unknown(all, field.Name, where);
    }

    private static bool IsKnown(Results runs, RunField field) => field is BuiltInField || runs.Count == 0
        || runs.OnColumns((catalog, rows) => new FieldReader(catalog, field).IsAnywhere(rows));

    /// <summary>The fault of a name that no run has.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="name">The name.</param>
    /// <param name="where">The place of the name, as an apposition. Default: none.</param>
    public static AssayException Unknown(IReadOnlyList<RunRecord> runs, string name, string where = "") =>
        Unknown(runs, name, "no run has a", where);

    /// <summary>The fault of a name that one run does not have; others may have it.</summary>
    public static AssayException UnknownIn(RunRecord run, string name) => Unknown([run], name, $"run {run.Id} has no", "");

    private static NameException Unknown(IReadOnlyList<RunRecord> runs, string name, string nobody, string where)
    {
        string[] names = Names(runs);
        string known = names.Length == 0 ? "none" : ValueText.Few(
            [.. names.Select(n => TextTable.Cut(Printable.Line(n), LongestName))], MostNames);
        return new NameException($"{nobody} value called '{name}'{where}; there are {known}.{Meant(name, names)}");
    }

    private static string Meant(string name, string[] names)
    {
        string last = name[(name.LastIndexOf('.') + 1)..];
        string? inside = names.FirstOrDefault(n => n.EndsWith("." + name, StringComparison.OrdinalIgnoreCase))
            ?? (NearestNames.To(name, names) is [string nearest, ..] ? nearest : null)
            ?? names.FirstOrDefault(n => n.EndsWith("." + last, StringComparison.OrdinalIgnoreCase));
        return inside is null ? "" : $" Did you mean '{inside}'?";
    }

    // The newest runs say best what names are in use.
    private static string[] Names(IReadOnlyList<RunRecord> runs)
    {
        var survey = new PathSurvey(examples: 0);
        for (int i = runs.Count - 1; i >= Math.Max(0, runs.Count - MostRuns); i--) survey.Add(new RunValues(runs[i]));
        return [.. survey.Paths.Select(p => p.Path).Distinct(StringComparer.Ordinal)];
    }
}
