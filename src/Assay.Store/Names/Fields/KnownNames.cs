namespace Assay.Names;

/// <summary>Checks names against the values that runs have, and lists those there are in messages. Thread-safe.</summary>
public static class KnownNames
{
    private const int MostRuns = 200;
    private const int MostNames = 30;

    /// <summary>Checks that at least one run has each field; without runs every name is accepted.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="fields">The fields.</param>
    /// <exception cref="AssayException">No run has one; the message lists the names there are.</exception>
    public static void Require(IReadOnlyList<RunRecord> runs, params IEnumerable<RunField> fields)
    {
        foreach (RunField field in fields.Where(f => f is not BuiltInField))
        {
            if (runs.Count > 0 && !runs.Any(run => field.Of(new RunValues(run)) is not null)) throw Unknown(runs, field.Name);
        }
    }

    /// <summary>The fault of a name that no run has.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="name">The name.</param>
    /// <param name="where">The place of the name, as an apposition. Default: none.</param>
    public static AssayException Unknown(IReadOnlyList<RunRecord> runs, string name, string where = "") =>
        Unknown(runs, name, "no run has a", where);

    /// <summary>The fault of a name that one run does not have; others may have it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The name.</param>
    public static AssayException UnknownIn(RunRecord run, string name) => Unknown([run], name, $"run {run.Id} has no", "");

    private static QuestionException Unknown(IReadOnlyList<RunRecord> runs, string name, string nobody, string where)
    {
        string[] names = Names(runs);
        string[] shown = [.. names.Take(MostNames)];
        string more = names.Length > MostNames ? $" and {names.Length - MostNames} more" : "";
        string known = names.Length == 0 ? "there are none" : $"there are {string.Join(", ", shown)}{more}";
        return new QuestionException(
            $"{nobody} value called '{name}'{where}; {known}.{Meant(name, names)}", "'assay paths' lists all; text stands in quotes.",
            "list_paths lists all; text stands in quotes.");
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
