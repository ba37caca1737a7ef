using System.Globalization;

namespace Assay.Questions;

/// <summary>
/// Makes a run again: its code is restored in a checkout, its program started there, and what it records goes to a store of its own. The
/// store of the run is only read.
/// </summary>
internal static class Replay
{
    private const string Folder = "replays";

    /// <param name="store">The store of the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">How.</param>
    /// <param name="clock">Names the folder of the replay.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="AssayException">
    /// The code cannot be restored, or the program cannot be started or does not come to the run.
    /// </exception>
    public static ReplayReport Run(
        Store store, RunRecord run, ReplayOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        RecordedCode code = RecordedCode.Of(run);
        CodeCheckoutReport checkout = CodeCheckout.Restore(
            store, run, new CodeCheckoutOptions { Folder = options.Folder, Path = options.Path });
        if (checkout.Changed > 0)
            throw new AssayException($"the checkout '{checkout.Path}' is no longer the code of run {run.Id}: "
                + $"{Words.Count(checkout.Changed, "file was", "files were")} changed. " +
                $"Undo that, remove it with: git worktree remove --force {ShellText.Quoted(checkout.Path)}, "
                    + "or choose another folder with --path.");
        ReplayCommandLine command = ReplayCommandLine.Of(run, code, checkout.Path, options.Command);
        Directory.CreateDirectory(command.Folder);
        string place = NewFolder(store, run, clock), replayed = Path.Combine(place, StoreLocation.FolderName), output = Path
            .Combine(place, "output.txt");
        var process = new ReplayProcess(output, options.Printed);
        // What another command starts is not known.
        string? assembly = options.Command.Count == 0 ? code.Session?.Program?.Assembly : null;
        int exit = process.Run(command, Environment(store, run, replayed, assembly), cancellationToken);
        (Store Store, RunRecord Run) now = Made(store, run, replayed) ?? throw new AssayException(
            $"the program ended with exit code {exit} and did not come to run {run.Id}. Expected it to run the same experiment again, "
                + $"in '{command.Folder}': {command}. " +
            "Files that git ignores are not in a checkout, nor are the environment and the files outside as they were; "
                + $"say otherwise how it is run behind --. All it printed is in '{output}', at last:{process.Last}");
        (IReadOnlyList<ReplayedValue> values, IReadOnlyList<ReplayedArtifact> artifacts) = ReplayComparison.Of(run, now.Run, options);
        int differing = values.Count(v => !v.Agrees);
        return new ReplayReport(
            store.Path, run.Id, run.Experiment, run.Version, differing == 0, options.Tolerance, values.Count, differing, values,
            artifacts.Count(a => !a.Agrees), artifacts, checkout.Commit, checkout.Path,
            [command.Program, .. command.Arguments], command.Folder, exit, output, now.Store.Path, now.Run.Id, ReplayedRun
                .IsLone(run) ? null : now.Run.Id == run.Id,
            [.. checkout.Remarks, .. ReplayRemarks.Of(code, run, now.Run)]);
    }

    private static (Store Store, RunRecord Run)? Made(Store original, RunRecord run, string path)
    {
        if (StoreLocation.Open(path).ReadDescription() is null) return null;
        Store store = Store.Open(path);
        return ReplayedRun.Find(original, run, store) is { } found ? (store, found) : null;
    }

    // Variables of builds that this process is part of must not leak into the build of another program.
    private static Dictionary<string, string?> Environment(Store store, RunRecord run, string replayed, string? assembly) => new()
    {
        [ReplayOrder.Variable] =
            new ReplayOrder(run.Id, replayed, store.Path, run.Experiment, run.Version, run.Index, RunMakeup.Print(run, "params"),
            run.Seed?.Base ?? 0, run.Seed?.Replicate ?? 0, run.Seed?.Point)
            { Assembly = assembly }.ToJson(),
        [StoreLocation.Variable] = replayed,
        [ReplayOrder.WorkerVariable] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,
    };

    private static string NewFolder(Store store, RunRecord run, TimeProvider clock)
    {
        string above = Path.Combine(CheckoutPlace.Beside(store), Folder);
        string name = $"{run.Id[..12]}-{clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        try
        {
            Directory.CreateDirectory(above);
            File.WriteAllText(Path.Combine(above, ".gitignore"), "*\n");
            // Two in one second have a number each.
            for (int i = 1; ; i++)
            {
                string folder = Path.Combine(above, i == 1 ? name : $"{name}-{i.ToString(CultureInfo.InvariantCulture)}");
                if (Directory.Exists(folder)) continue;
                Directory.CreateDirectory(folder);
                return folder;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AssayException($"the replay has no place for its store: '{above}' cannot be written: "
                + $"{fault.Message} See that the folder beside the store can be written.", fault);
        }
    }
}
