namespace Assay.Questions;

internal sealed class DeriveMetricsQuestion : Question<DeriveMetricsReport>
{
    private const int MostFailures = 20;

    private static readonly TextParameter Program = new(
        "program", "The program: a file with its source (.cs), a project or its folder, or an assembly (.dll)", on: Surfaces.Shell)
    { IsPositional = true, IsRequired = true };

    private static readonly ListParameter Arguments = new(
        "arguments", "After --: arguments of the program", on: Surfaces.Shell)
    { IsPositional = true, IsBehindDashes = true };

    public override CommandText Command { get; } = new(
        "derive", "Compute the derived metrics of a program for the runs that are recorded; execute none",
        "assay derive iris.cs",
        "assay derive src/Trainer --store runs --json");

    public override IReadOnlyList<Parameter> Parameters => [Program, Arguments];

    public override bool Writes => true;

    // The program must not live on when the tool is stopped.
    public override bool EndsOnInterrupt => true;

    public override Answer Ask(QuestionCall call)
    {
        ProgramCommandLine command = CommandOf(Path.GetFullPath(Program.Of(call)!, call.Folder), Arguments.Of(call), call.Folder);
        DeriveResult result = Start(command, call.Store, call);
        return new Answer(new DeriveMetricsReport(
            call.Store.Path, [command.Program, .. command.Arguments], result.Experiment, result.Version, result.Runs, result.Metrics,
            result.Computed, result.Kept, result.Failures))
        { IsNegative = result.Failures.Count > 0 };
    }

    protected override void Write(DeriveMetricsReport report, Page page)
    {
        page.Line($"{Words.Title(report.Experiment, report.Version)}, {Words.Count(report.Runs, "successful run")}: "
            + string.Join(", ", report.Metrics));
        page.Line($"{Words.Number(report.Computed)} computed, {Words.Number(report.Kept)} kept, "
            + $"{Words.Number(report.Failures.Count)} failed");
        foreach (string failure in report.Failures.Take(MostFailures)) page.Line("  " + failure);
        if (report.Failures.Count > MostFailures)
            page.Line($"{Words.Number(report.Failures.Count - MostFailures)} more; --json lists all.");
    }

    private static ProgramCommandLine CommandOf(string path, IReadOnlyList<string> arguments, string folder)
    {
        string[] started = Path.GetExtension(path) switch
        {
            _ when Directory.Exists(path) => ["run", "--project", path, "--"],
            _ when !File.Exists(path) => throw new AssayException($"there is no program '{path}'; expected a .cs file, a project or its "
                + "folder, or a .dll."),
            ".dll" => [path],
            ".cs" => ["run", "--file", path, "--"],
            ".csproj" or ".fsproj" or ".vbproj" => ["run", "--project", path, "--"],
            _ => throw new AssayException($"the program '{path}' is of no known kind; expected a .cs file, a project or its folder, or a "
                + ".dll."),
        };
        return new ProgramCommandLine("dotnet", [.. started, .. arguments], folder);
    }

    private static DeriveResult Start(ProgramCommandLine command, Store store, QuestionCall call)
    {
        string report = Path.GetTempFileName();
        try
        {
            var process = new ProgramProcess(null, call.Progress);
            int exit = process.Run(command, new DeriveOrder(store.Path, report).WriteTo, call.Cancellation);
            if (File.ReadAllText(report) is { Length: > 0 } json && DeriveResult.Parse(json) is { } result) return result;
            throw new AssayException($"the program ended with exit code {exit} and derived nothing: {command}. Expected a program that "
                + "calls RunAsync of an experiment, with RunOptions.Derive. It printed at last:"
                + string.Concat(process.Last.Select(line => "\n  " + line)));
        }
        catch (OperationCanceledException fault)
        {
            throw new AssayException("it was stopped before the program had ended; what was derived is kept. Start it again.", fault);
        }
        finally
        {
            File.Delete(report);
        }
    }
}

/// <summary>What a program derived.</summary>
internal sealed record DeriveMetricsReport(
    string Store, IReadOnlyList<string> Command, string Experiment, string Version, int Runs, IReadOnlyList<string> Metrics, int Computed,
    int Kept, IReadOnlyList<string> Failures) : Report;
