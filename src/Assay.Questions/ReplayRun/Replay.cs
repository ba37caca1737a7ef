using System.Globalization;

namespace Assay.Questions;

/// <summary>
/// Makes a run again: its code is restored in a checkout, its program is started there and records to a store of its own. The store of the
/// run is only read.
/// </summary>
internal static class Replay
{
    // Variables of a build that this process is part of would disturb the build of the program.
    private static readonly string[] BuildVariables =
        ["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">The options.</param>
    /// <param name="clock">Names the folder of the replay.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="AssayException">The code cannot be restored, or the program cannot be started or does not make the run.</exception>
    public static ReplayReport Run(
        Store store, RunRecord run, ReplayOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var code = RecordedCode.Of(run);
        var checkout = CodeCheckout.Restore(store, run, options.Folder, options.Path);
        if (checkout.Changed > 0)
        {
            throw new AssayException($"the checkout '{checkout.Path}' is no longer the code of run {run.Id}: "
                + $"{Words.Count(checkout.Changed, "file was", "files were")} changed. "
                + $"Undo that, remove it with: git worktree remove --force {ShellText.Quoted(checkout.Path)}, "
                + "or choose another folder with --path.");
        }

        var command = ReplayCommandLine.Of(run, code, checkout.Path, options.Command);
        Directory.CreateDirectory(command.Folder);
        string folder = NewFolder(store, run, clock), target = Path.Combine(folder, StoreLocation.FolderName);
        var process = new ReplayProcess(Path.Combine(folder, "output.txt"), options.Printed);
        // The assembly that another command starts is not known.
        string? assembly = options.Command.Count == 0 ? code.Session?.Program?.Assembly : null;
        ReplayOrder order = OrderOf(store, run, target) with { Assembly = assembly };
        int exit = process.Run(command, environment => Prepare(environment, order), cancellationToken);
        (Store Store, RunRecord Run) made = Find(store, run, target) ?? throw new AssayException(
            $"the program ended with exit code {exit} and did not come to run {run.Id}. Expected it to run the same experiment again, "
                + $"in '{command.Folder}': {command}. Files that git ignores are not in a checkout, nor are the environment and the files "
                + $"outside as they were; say otherwise how it is run behind --. All it printed is in '{process.Output}', "
                + $"at last:{process.Last}");
        (IReadOnlyList<ReplayedValue> values, IReadOnlyList<ReplayedArtifact> artifacts) = ReplayComparison.Of(run, made.Run, options);
        int differing = values.Count(v => !v.Agrees);
        return new ReplayReport(
            store.Path, run.Id, run.Experiment, run.Version, differing == 0, options.Tolerance, values.Count, differing, values,
            artifacts.Count(a => !a.Agrees), artifacts, checkout.Commit, checkout.Path, [command.Program, .. command.Arguments],
            command.Folder, exit, process.Output, made.Store.Path, made.Run.Id, ReplayedRun.IsLone(run) ? null : made.Run.Id == run.Id,
            [.. checkout.Remarks, .. ReplayRemarks.Of(code, run, made.Run)]);
    }

    private static (Store Store, RunRecord Run)? Find(Store original, RunRecord run, string path)
    {
        if (StoreLocation.Open(path).ReadDescription() is null) return null;
        var store = Store.Open(path);
        return ReplayedRun.Find(original, run, store) is { } found ? (store, found) : null;
    }

    private static ReplayOrder OrderOf(Store store, RunRecord run, string target) => new(
        run.Id, target, store.Path, run.Experiment, run.Version, run.Index, RunMakeup.Print(run, "params"), run.Seed?.Base ?? 0,
        run.Seed?.Replicate ?? 0, run.Seed?.Point);

    private static void Prepare(IDictionary<string, string?> environment, ReplayOrder order)
    {
        foreach (string name in BuildVariables) environment.Remove(name);
        order.WriteTo(environment);
    }

    private static string NewFolder(Store store, RunRecord run, TimeProvider clock)
    {
        string above = Path.Combine(CodeCheckout.FolderBeside(store), "replays");
        string name = $"{run.Id[..12]}-{clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        try
        {
            Directory.CreateDirectory(above);
            File.WriteAllText(Path.Combine(above, ".gitignore"), "*\n");
            // Further replays within a second have a number.
            string folder = Enumerable.Range(1, int.MaxValue).Select(i => Path.Combine(above, i == 1 ? name : $"{name}-{i}"))
                .First(path => !Directory.Exists(path));
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"the replay has no place for its store: '{above}' cannot be written: "
                + $"{fault.Message} See that the folder beside the store can be written.", fault);
        }
    }
}
