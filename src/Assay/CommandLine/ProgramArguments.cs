namespace Assay;

/// <summary>What the command line of an experiment's program asks for. Faults are gathered.</summary>
internal sealed class ProgramArguments
{
    public List<string> Faults { get; } = [];
    public bool Help { get; set; }
    public bool DryRun { get; set; }
    public bool Derive { get; set; }
    public bool Yes { get; set; }
    public long? Head { get; set; }
    public int? Parallel { get; set; }
    public int? Replicates { get; set; }
    public long? BaseSeed { get; set; }
    public TimeSpan? Timeout { get; set; }
    public int? Retries { get; set; }
    public bool AcceptEarlierCode { get; set; }
    public string? Store { get; set; }
    public ResumeMode? Resume { get; set; }
    public bool? InProcesses { get; set; }
    public List<AxisTexts> Only { get; } = [];
    public List<AxisTexts> Set { get; } = [];

    /// <summary>Reads the arguments up to <c>--</c>; those behind it are the program's own.</summary>
    public static ProgramArguments Read(IReadOnlyList<string> args)
    {
        var read = new ProgramArguments();
        string[] own = [.. args.TakeWhile(arg => arg != "--")];
        for (int i = 0; i < own.Length; i++)
        {
            string[] parts = own[i].Split('=', 2);
            if (ProgramOption.Find(parts[0]) is not { } option)
            {
                read.Faults.Add(ProgramOption.Unknown(own[i]));
                // What follows is its value.
                if (own[i].StartsWith('-') && own.ElementAtOrDefault(i + 1)?.StartsWith('-') == false) i++;
            }
            else if (option.Argument is null) read.Take(option, parts.Length == 1 ? "" : null, $"'{own[i]}' takes no value");
            else if (parts.Length == 2) read.Take(option, parts[1], "");
            else read.Take(option, own.ElementAtOrDefault(++i), $"{option.Name} has no value; expected {option.Name} {option.Argument}");
        }

        return read;
    }

    public RunOptions ApplyTo(RunOptions options) => options with
    {
        Head = Head ?? options.Head,
        Parallel = Parallel ?? options.Parallel,
        Store = Store ?? options.Store,
        Resume = Resume ?? options.Resume,
        Timeout = Timeout ?? options.Timeout,
        // The program may have chosen the delays, and the failures that are worth a retry.
        Retries = Retries is { } retries ? options.Retries with { Retries = retries } : options.Retries,
        AcceptEarlierCode = AcceptEarlierCode || options.AcceptEarlierCode,
        // The program may have limited the memory of its workers.
        Executor = InProcesses switch
        {
            true => options.Executor as WorkerProcesses ?? new WorkerProcesses(),
            false => Executor.InProcess,
            null => options.Executor,
        },
    };

    private void Take(ProgramOption option, string? value, string missing)
    {
        if (value is null) Faults.Add(missing);
        else if (option.Read(this, value) is { } fault) Faults.Add($"{option.Name}: {fault}");
    }
}
