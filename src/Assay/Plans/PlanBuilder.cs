using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Assay;

/// <summary>Validates an experiment and creates its plan. All faults are reported in one exception.</summary>
internal static class PlanBuilder
{
    /// <summary>The largest length of the names of experiments and lone runs, which are part of every line.</summary>
    public const int MaxNameLength = 200;

    // The number of points that are computed before the first run. In a larger space, the faults of later points are found when their runs
    // are due.
    private const long MaxCheckedPoints = 10_000;

    public static Plan Build<T>(Experiment<T> experiment, RunOptions options, IFileHasher files)
    {
        var faults = new List<string>();
        CheckName("name", experiment.Name, faults);
        CheckName("version", experiment.Version, faults);
        foreach (Delegate code in experiment.Operation.Wrapped) CheckOperation(code, faults);
        CheckSpace(experiment.Space, experiment.Seeds, faults);
        options.Check(faults);
        var inputs = new InputGuard(files, options.Clock);
        (UInt128 contextFingerprint, byte[]? contextJson) = Context(experiment.Context, files, inputs, faults);
        CheckMetadata(experiment.MetadataItems, faults);
        CodeFingerprint fingerprint = CodeFingerprinter.Of(experiment.Operation.Wrapped, experiment.CodeIdentity);

        TypedPlan<T>? plan = faults.Count > 0 ? null : new TypedPlan<T>(experiment.Space!, experiment.Operation)
        {
            Name = experiment.Name,
            Version = experiment.Version,
            Seeds = experiment.Seeds,
            Code = fingerprint,
            Identity = new RunIdentity(experiment.Name, experiment.Version, Fingerprint.Hex(contextFingerprint), fingerprint.Value),
            ContextJson = contextJson,
            Files = files,
            Inputs = inputs,
            Description = experiment.Description,
            Tags = experiment.Tags,
            Metadata = experiment.MetadataItems,
        };
        if (plan is { Count: > 0 }) CheckPoints(plan, faults);
        if (faults.Count > 0) throw new InvalidExperimentException(experiment.Name, faults);
        return plan!;
    }

    private static void CheckOperation(Delegate operation, List<string> faults)
    {
        bool isAsync = operation.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false);
        if (isAsync && operation.Method.ReturnType == typeof(void))
            faults.Add($"its operation '{operation.Method.Name}' is async and returns void, which cannot be awaited; make it return Task.");
    }

    private static void CheckName(string kind, string text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) faults.Add($"its {kind} is '{text}'; expected a {kind} that is not blank.");
        else if (text.Any(c => c == ':' || char.IsControl(c)) || text.Length > MaxNameLength)
            faults.Add($"its {kind} is '{text}'; expected at most {MaxNameLength} characters without ':' and control characters, "
                + "because 'name:version' addresses the experiment.");
        else if (!IsUnicode(text))
            faults.Add($"its {kind} is '{text}', which contains half a surrogate pair; expected whole characters, as UTF-8 requires.");
    }

    // Readers could not tell which experiment a journal belongs to.
    private static bool IsUnicode(string text) =>
        Utf8.FromUtf16(text, stackalloc byte[3 * MaxNameLength], out _, out _, replaceInvalidSequences: false) == OperationStatus.Done;

    private static void CheckMetadata(IReadOnlyList<KeyValuePair<string, object?>> metadata, List<string> faults)
    {
        try
        {
            CanonicalWriter.Plain(metadata.ToDictionary());
        }
        catch (CanonicalFormException fault)
        {
            faults.Add($"its metadata has a fault {fault.Message}");
        }
    }

    private static void CheckSpace<T>(Space<T>? space, SeedPlan seeds, List<string> faults)
    {
        if (space is null)
        {
            string grid = ParameterForm.RecordOf(typeof(T)) is null ? "" : $".Over(Space.Of<{typeof(T).Name}>().Grid(…)) or ";
            faults.Add($"it has no space; add its points with {grid}.Over(Space.Values(…)).");
            return;
        }

        faults.AddRange(space.Faults);
        if (space.Faults.Count > 0 || space.Count <= long.MaxValue / seeds.Replicates) return;
        faults.Add($"it has {space.Count} points × {seeds.Replicates} replicates, expected at most {long.MaxValue} runs; use fewer.");
    }

    private static (UInt128 Fingerprint, byte[]? Json) Context(object? context, IFileHasher files, InputGuard inputs, List<string> faults)
    {
        try
        {
            UInt128 fingerprint = CanonicalWriter.Fingerprint(context, inputs);
            return (fingerprint, context is null ? null : CanonicalWriter.Plain(context, files).ToArray());
        }
        catch (CanonicalFormException fault)
        {
            faults.Add($"its context has a fault {fault.Message}");
            return default;
        }
    }

    private static void CheckPoints(Plan plan, List<string> faults)
    {
        var workspace = new RunWorkspace(plan.Files);
        for (long point = 0; point < Math.Min(plan.PointCount, MaxCheckedPoints); point++)
        {
            try
            {
                PlannedRun run = plan.At(point * plan.Seeds.Replicates, workspace);
                CanonicalWriter.Plain(plan.Labels(run).ToDictionary());
            }
            catch (AssayException fault)
            {
                // The first faulty point is reported alone, because the others usually have the same fault.
                faults.Add($"point {point} of its space cannot be run: {fault.Message}");
                return;
            }
        }
    }
}
