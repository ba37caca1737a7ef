using System.Globalization;
using System.Numerics;

namespace Assay;

/// <summary>An option of an experiment's program. <see cref="Read"/> returns the fault of a value, or null.</summary>
internal sealed record ProgramOption(string Name, string? Argument, string Help, Func<ProgramArguments, string, string?> Read)
{
    private static readonly string[] HelpNames = ["-h", "-?", "/?"];

    /// <summary>The options in the order of the help.</summary>
    public static IReadOnlyList<ProgramOption> All { get; } =
    [
        Axes("--set", "replaces the values of an axis, or gives a member without an axis other values", a => a.Set),
        Axes("--only", "keeps the points with one of these values", a => a.Only),
        Number<int>("--seeds", "runs every point with N seeds", 1, int.MaxValue, "from 1", (a, n) => a.Replicates = n),
        Number<long>("--base-seed", "derives all seeds from N", long.MinValue, long.MaxValue, "", (a, n) => a.BaseSeed = n),
        Number<long>("--head", "limits the plan to its first N runs", 0, long.MaxValue, "from 0", (a, n) => a.Head = n),
        Number<int>("--parallel", "executes N runs at the same time", 1, RunOptions.MostParallel, $"from 1 to {RunOptions.MostParallel}",
            (a, n) => a.Parallel = n),
        new("--store", "PATH", "the path or URL of the store", (a, text) =>
        {
            a.Store = text;
            return !string.IsNullOrWhiteSpace(text) ? null : "the path is empty; expected the path or URL of a store";
        }),
        Choice("--resume", "the runs to execute", [.. Enum.GetValues<ResumeMode>().Select(m => (m.ToString().ToLowerInvariant(), m))],
            (a, mode) => a.Resume = mode),
        Choice("--executor", "where runs are executed", [("in-process", false), ("processes", true)], (a, other) => a.InProcesses = other),
        new("--timeout", "TIME", "the time limit of a run: 90s, 15m, 2h", (a, text) =>
        {
            if (!TimeText.TryDuration(text, out TimeSpan limit) || limit <= TimeSpan.Zero || limit > RunOptions.LongestWait)
                return $"'{text}' is no time limit; expected one such as 90s, 15m or 2h, at most {RunOptions.LongestWait.Days}d";
            a.Timeout = limit;
            return null;
        }),
        Number<int>("--retries", "retries a failed run up to N times", 0, int.MaxValue, "from 0", (a, n) => a.Retries = n),
        Flag("--accept-earlier-code", "takes runs that earlier code has finished as done", a => a.AcceptEarlierCode = true),
        Flag("--dry-run", "shows what would run and what is done; runs and writes nothing", a => a.DryRun = true),
        Flag("--derive", "computes the program's derived metrics for the recorded runs; executes none", a => a.Derive = true),
        Flag("--yes", "does not ask before runs that have succeeded are made again", a => a.Yes = true),
        Flag("--help", "shows this help", a => a.Help = true),
    ];

    public static ProgramOption? Find(string name) =>
        All.FirstOrDefault(option => option.Name == (HelpNames.Contains(name, StringComparer.Ordinal) ? "--help" : name));

    public static string Unknown(string argument)
    {
        string name = argument.Split('=')[0];
        if (name == "--seed")
            return "'--seed' is no option; expected --base-seed N, which all seeds are derived from, or --seeds N, which runs every point "
                + "with N seeds";
        if (name != argument && !name.StartsWith('-')) return $"'{argument}' is no option; did you mean --set {argument}?";
        IReadOnlyList<string> near = name.StartsWith('-') ? NearestNames.To(name, All.Select(option => option.Name)) : [];
        return $"'{name}' is no option; " + (near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?"
            : $"expected one of {string.Join(", ", All.Select(option => option.Name))}; the program's own arguments stand behind '--'");
    }

    private static ProgramOption Flag(string name, string help, Action<ProgramArguments> set) => new(name, null, help, (a, _) =>
    {
        set(a);
        return null;
    });

    private static ProgramOption Number<T>(string name, string help, T least, T most, string range, Action<ProgramArguments, T> set)
        where T : struct, IBinaryInteger<T> => new(name, "N", help, (a, text) =>
    {
        if (!T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number) || number < least || number > most)
            return $"'{text}' is no whole number {range}".TrimEnd();
        set(a, number);
        return null;
    });

    private static ProgramOption Choice<T>(
        string name, string help, IReadOnlyList<(string Name, T Value)> choices, Action<ProgramArguments, T> set) =>
        new(name, string.Join("|", choices.Select(c => c.Name)), help, (a, text) =>
        {
            foreach ((string choice, T value) in choices)
            {
                if (!string.Equals(choice, text, StringComparison.OrdinalIgnoreCase)) continue;
                set(a, value);
                return null;
            }

            return $"'{text}' is not known; expected {string.Join(", ", choices.Select(c => c.Name))}";
        });

    private static ProgramOption Axes(string name, string help, Func<ProgramArguments, List<AxisTexts>> list) =>
        new(name, "NAME=VALUES", help, (a, text) => AxisTexts.Read(name, text, list(a)));
}
