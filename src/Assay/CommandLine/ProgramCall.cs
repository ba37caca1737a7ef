namespace Assay;

/// <summary>
/// A call of RunAsync with the program's arguments: what is to be run, or the code to exit with because everything has been said.
/// </summary>
internal readonly record struct ProgramCall<T>(Experiment<T> Experiment, RunOptions Options, int? ExitCode)
{
    private const int Done = 0, Declined = 1;

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
        if (asked.Derive && call.Options.Derive.Count == 0)
            asked.Faults.Add("--derive: " + ProgramDerivation.Missing);
        if (asked.Faults.Count > 0)
        {
            foreach (string fault in asked.Faults) console.Error.WriteLine("assay: " + Printable.Block(fault));
            console.Error.WriteLine("assay: --help lists the options, and the parameters with their values.");
            return call with { ExitCode = ProgramConsole.Misused };
        }

        if (asked.DryRun)
        {
            DryRun.Of(call.Experiment, call.Options).Write(console.Output);
            return call with { ExitCode = Done };
        }

        if (asked.Derive)
            return call with { ExitCode = ProgramDerivation.Run(call.Experiment, call.Options, console.Output) };
        bool asks = asked.Resume == ResumeMode.All && !asked.Yes && console.CanAsk;
        if (asks && DryRun.Of(call.Experiment, call.Options).Survey.Repeated is > 0 and var repeated
            && !console.Confirms($"{Plural.Of(repeated, "run that has succeeded", "runs that have succeeded")} would be made again."))
            return call with { ExitCode = Declined };
        return call;
    }

    private static Experiment<T> Changed(Experiment<T> experiment, ProgramArguments asked)
    {
        SeedPlan seeds = experiment.Seeds;
        experiment = experiment.Repeat(asked.Replicates ?? seeds.Replicates, asked.BaseSeed ?? seeds.Base, seeds.MixPoint);
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
        var choices = new List<Choice>();
        foreach (AxisTexts axis in asked.Only)
            if (IsKnown(experiment, axis, asked.Faults) && ChoiceOf(space, axis, asked.Faults) is { } choice) choices.Add(choice);
        if (asked.Faults.Count > 0 || choices.Count == 0) return space;
        Space<T> chosen = space.Where(point => choices.All(choice => choice.Holds(point)));
        if (chosen.Faults.Count > 0)
            asked.Faults.Add($"none of the {Plural.Of(space.Count, "point")} has {string.Join(" and ",
                asked.Only.Select(axis => $"{axis.Name} = {string.Join(" or ", axis.Texts)}"))}{ValuesThereAre(space, choices)}");
        return chosen;
    }

    private static Choice? ChoiceOf(Space<T> space, AxisTexts axis, List<string> faults)
    {
        if (ParameterForm.RecordOf(typeof(T)) is null)
            return axis.Values(typeof(T), allowsNull: false, faults) is { } single ? new Choice(axis.Name, point => point, single) : null;
        var found = new List<string>();
        MemberPath? path = MemberPath.Find(typeof(T), space.Count > 0 ? space[0] : null, MemberName.Of(axis.Name), found);
        faults.AddRange(found.Select(fault => $"{axis.Option}: {fault}"));
        return path is not null && axis.Values(path.Last.Type, path.Last.AllowsNull, faults) is { } values
            ? new Choice(axis.Name, point => path.ValueIn(point), values) : null;
    }

    // Of the parameters that have none of the chosen values; where each has one, no point has them together.
    private static string ValuesThereAre(Space<T> space, List<Choice> choices)
    {
        const int MostPoints = 100_000;
        string text = "";
        foreach (Choice choice in choices)
        {
            var values = new HashSet<object?>();
            for (long i = 0; i < Math.Min(space.Count, MostPoints); i++) values.Add(choice.ValueIn(space[i]));
            if (values.Overlaps(choice.Values)) continue;
            text += $"; the values of {choice.Name} are {ValueText.Few([.. values.Select(ValueText.Of)])}";
        }

        return text;
    }

    /// <summary>A parameter and the values of it that are wanted.</summary>
    private sealed record Choice(string Name, Func<T, object?> ValueIn, object?[] Values)
    {
        public bool Holds(T point) => Values.Contains(ValueIn(point));
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
    /// <summary>The exit code after a fault of the arguments, the store or the disk.</summary>
    public const int Misused = 2;

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

    /// <summary>The exit code after a fault that the person at the keyboard mends and not the programmer; it is named first.</summary>
    public int Report(StoreException fault)
    {
        Error.WriteLine("assay: " + Printable.Block(fault.Message));
        return Misused;
    }

    public bool Confirms(string what)
    {
        Error.Write($"assay: {what} Go on? [y/N] ");
        return Input!.ReadLine()?.Trim() is { } answer && answer.StartsWith("y", StringComparison.OrdinalIgnoreCase);
    }
}
