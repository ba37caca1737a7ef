namespace Assay;

/// <summary>The help of an experiment's program: its plan, its parameters with their values, and the options.</summary>
internal static class ProgramHelp
{
    private const int MostValues = 12;

    public static void Write<T>(TextWriter output, Experiment<T> experiment)
    {
        output.WriteLine($"{experiment.Name}:{experiment.Version}{Size(experiment)}");
        if (experiment.Description.Length > 0) output.WriteLine(Printable.Block(experiment.Description));
        Section(output, "Axes", Axes(experiment));
        Section(output, "Other parameters (--set gives them values)", Constants(experiment));
        Section(output, "Options", [.. ProgramOption.All.Select(option => ($"{option.Name} {option.Argument}".TrimEnd(), option.Help))]);
        output.WriteLine();
        output.WriteLine("""
            VALUES are separated by commas, NAME=VALUES too: --set LearningRate=0.1,0.2,Hidden=8 --only "Optimizer.Name='a,b'".
            Options given here go before those of the program. Behind '--' stand the program's own arguments.
            """);
    }

    private static string Size<T>(Experiment<T> experiment) => experiment.Space is { Faults.Count: 0 } space
        ? ", " + PlanText.Size(space.Count, experiment.Seeds.Replicates) : "";

    private static List<(string, string)> Axes<T>(Experiment<T> experiment)
    {
        if (experiment.Space is null) return [];
        bool isRecord = ParameterForm.RecordOf(typeof(T)) is not null;
        return [.. Leaves(experiment.Space.Describe()).SelectMany(axis => axis.Members.Select(
            member => (Name(axis, member), member.Distribution ?? Listed(axis.Count, member.Values ?? [])))).Distinct()];

        string Name(AxisDescription axis, MemberDescription member) =>
            axis.Kind != "points" ? member.Name : isRecord ? "points" : experiment.Operation.ParameterName;
    }

    private static IEnumerable<AxisDescription> Leaves(SpaceDescription space) => [.. space.Axes, .. space.Parts.SelectMany(Leaves)];

    // A description has the first values only.
    private static string Listed(long count, IReadOnlyList<string> values) =>
        string.Join(", ", values.Take(MostValues)) + (count > MostValues ? $" and {count - MostValues} more" : "");

    /// <summary>The members that have no axis, at the first point.</summary>
    private static List<(string, string)> Constants<T>(Experiment<T> experiment)
    {
        if (ParameterForm.RecordOf(typeof(T)) is null || experiment.Space is not { Faults.Count: 0 } space) return [];
        AxisDescription[] axes = [.. Leaves(space.Describe())];
        if (space.Count == 0 || axes.Any(axis => axis.Kind is "points" or "variable")) return [];
        object first = space[0]!;
        string[] varied = [.. axes.SelectMany(axis => axis.Members).Select(member => member.Name.Split('.')[0])];
        TypeShape shape = TypeShape.Of(first.GetType());
        return [.. shape.Members.Where(member => member.IsSettable || shape.Parameters.Any(p => p.Member == member))
            .Where(member => !varied.Contains(member.Name, StringComparer.Ordinal))
            .Select(member => (member.Name, ValueText.Of(member.Get(first))))];
    }

    private static void Section(TextWriter output, string title, IReadOnlyList<(string Name, string Text)> lines)
    {
        if (lines.Count == 0) return;
        output.WriteLine();
        output.WriteLine(title);
        int width = lines.Max(line => line.Name.Length);
        foreach ((string name, string text) in lines) output.WriteLine($"  {Printable.Line(name).PadRight(width)}  {Printable.Line(text)}");
    }
}
