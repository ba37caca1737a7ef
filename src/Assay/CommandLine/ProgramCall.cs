namespace Assay;

/// <summary>
/// A call of RunAsync with the program's arguments: what is to be run, or the code to exit with because everything has been said.
/// </summary>
internal readonly record struct ProgramCall<T>(Experiment<T> Experiment, RunOptions Options, int? ExitCode)
{
    private const int Done = 0, Declined = 1, Misused = 2;

    /// <summary>Applies the arguments, and answers those that ask something.</summary>
    public static ProgramCall<T> Read(Experiment<T> experiment, IReadOnlyList<string> args, RunOptions options, ProgramConsole console)
    {
        ProgramArguments asked = ProgramArguments.Read(args);
        var call = new ProgramCall<T>(experiment, options, null);
        if (asked.Help)
        {
            ProgramHelp.Write(console.Output, experiment);
            return call with { ExitCode = Done };
        }

        call = new ProgramCall<T>(Changed(experiment, asked), asked.ApplyTo(options), null);
        if (asked.Faults.Count > 0)
        {
            foreach (string fault in asked.Faults) console.Error.WriteLine("assay: " + Printable.Block(fault));
            console.Error.WriteLine("assay: --help lists the options, and the parameters with their values.");
            return call with { ExitCode = Misused };
        }

        if (asked.DryRun)
        {
            DryRun.Of(call.Experiment, call.Options).Write(console.Output);
            return call with { ExitCode = Done };
        }

        bool asks = asked.Resume == ResumeMode.All && !asked.Yes && console.CanAsk;
        if (asks && DryRun.Of(call.Experiment, call.Options).Survey.Repeated is > 0 and var repeated
            && !console.Confirms($"{Plural.Of(repeated, "run that has succeeded", "runs that have succeeded")} would be made again."))
            return call with { ExitCode = Declined };
        return call;
    }

    private static Experiment<T> Changed(Experiment<T> experiment, ProgramArguments asked)
    {
        if (asked.Replicates is { } replicates)
            experiment = experiment.Repeat(replicates, experiment.Seeds.Base, experiment.Seeds.MixPoint);
        // The faults of the program's own space are reported when its plan is made.
        if (experiment.Space is not { Faults.Count: 0 } space) return experiment;
        foreach (AxisTexts axis in asked.Set)
            if (IsKnown(experiment, axis, asked.Faults)) space = space.WithAxis(axis, asked.Faults);
        if (space.Faults.Count == 0) space = Chosen(experiment, space, asked);
        else asked.Faults.AddRange(space.Faults);
        return experiment.Over(space);
    }

    /// <summary>The points with one of the chosen values for each chosen parameter.</summary>
    private static Space<T> Chosen(Experiment<T> experiment, Space<T> space, ProgramArguments asked)
    {
        var conditions = new List<Func<T, bool>>();
        foreach (AxisTexts axis in asked.Only)
            if (IsKnown(experiment, axis, asked.Faults) && Condition(space, axis, asked.Faults) is { } condition) conditions.Add(condition);
        if (asked.Faults.Count > 0 || conditions.Count == 0) return space;
        Space<T> chosen = space.Where(point => conditions.All(holds => holds(point)));
        if (chosen.Faults.Count > 0)
            asked.Faults.Add($"none of the {Plural.Of(space.Count, "point")} has {string.Join(" and ",
                asked.Only.Select(axis => $"{axis.Name} = {string.Join(" or ", axis.Texts)}"))}");
        return chosen;
    }

    private static Func<T, bool>? Condition(Space<T> space, AxisTexts axis, List<string> faults)
    {
        if (ParameterForm.RecordOf(typeof(T)) is null)
            return axis.Values(typeof(T), allowsNull: false, faults) is { } single ? point => single.Contains(point) : null;
        var found = new List<string>();
        MemberPath? path = MemberPath.Find(typeof(T), space.Count > 0 ? space[0] : null, MemberName.Of(axis.Name), found);
        faults.AddRange(found.Select(fault => $"{axis.Option}: {fault}"));
        return path is not null && axis.Values(path.Last.Type, path.Last.AllowsNull, faults) is { } values
            ? point => values.Contains(path.ValueIn(point)) : null;
    }

    // A single value has the name of the operation's parameter.
    private static bool IsKnown(Experiment<T> experiment, AxisTexts axis, List<string> faults)
    {
        if (ParameterForm.RecordOf(typeof(T)) is not null) return true;
        string name = experiment.Operation.ParameterName;
        if (NearestNames.Normalise(name) == NearestNames.Normalise(axis.Name)) return true;
        faults.Add($"{axis.Place}: the runs have one parameter, {name}");
        return false;
    }
}

/// <summary>The console of a program; tests replace it.</summary>
internal sealed record ProgramConsole(TextWriter Output, TextWriter Error, TextReader? Input)
{
    // Workers and replays are started without a person.
    public static ProgramConsole OfThisProcess
    {
        get
        {
            bool isAlone = Console.IsInputRedirected || Console.IsErrorRedirected || WorkOrder.FromEnvironment is not null
                || ReplayEnvironment.Order is not null;
            return new ProgramConsole(Console.Out, Console.Error, isAlone ? null : Console.In);
        }
    }

    public bool CanAsk => Input is not null;

    public bool Confirms(string what)
    {
        Error.Write($"assay: {what} Go on? [y/N] ");
        return Input!.ReadLine()?.Trim() is { } answer && answer.StartsWith("y", StringComparison.OrdinalIgnoreCase);
    }
}
