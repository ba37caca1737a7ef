namespace Assay;

/// <summary>Checks an experiment as a whole and makes its plan. All faults are gathered before one exception tells them.</summary>
internal static class PlanBuilder
{
    /// <exception cref="InvalidExperimentException">The experiment is faulty.</exception>
    public static Plan Build<T>(Experiment<T> experiment, RunOptions options, IFileHasher files)
    {
        var faults = new List<string>();
        CheckNames(experiment, faults);
        CheckOperation(experiment.Operation.UserCode, faults);
        CheckSpace(experiment.Space, experiment.Seeds, faults);
        options.Check(faults);
        var inputs = new InputGuard(files, options.Clock);
        (UInt128 contextFingerprint, byte[]? contextJson) = Context(experiment.Context, files, inputs, faults);
        CheckMetadata(experiment.MetadataItems, faults);
        CodeFingerprint code = CodeFingerprinter.Of(experiment.Operation.UserCode, experiment.CodeIdentity);

        TypedPlan<T>? plan = faults.Count > 0 ? null : new TypedPlan<T>(experiment.Space!, experiment.Operation)
        {
            Name = experiment.Name,
            Version = experiment.Version,
            Seeds = experiment.Seeds,
            Code = code,
            Identity = new RunIdentity(experiment.Name, experiment.Version, Fingerprint.Hex(contextFingerprint), code.Value),
            ContextJson = contextJson,
            Inputs = inputs,
            Description = experiment.Description,
            Tags = experiment.Tags,
            Metadata = experiment.MetadataItems,
        };
        if (plan is { Count: > 0 }) CheckPoints(plan, files, faults);
        if (faults.Count > 0) throw new InvalidExperimentException(experiment.Name, faults);
        return plan!;
    }

    private static void CheckOperation(Delegate operation, List<string> faults)
    {
        bool isAsyncVoid = operation.Method.ReturnType == typeof(void) && operation.Method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute), false);
        if (isAsyncVoid) faults.Add($"its operation '{operation.Method.Name}' is async and returns void, so nobody can wait for it; expected it to return Task.");
    }

    private static void CheckNames<T>(Experiment<T> experiment, List<string> faults)
    {
        CheckName("name", experiment.Name, faults);
        CheckName("version", experiment.Version, faults);
    }

    private static void CheckName(string what, string text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text)) faults.Add($"its {what} is '{text}'; expected a {what} that is not blank.");
        else if (text.Any(c => c == ':' || char.IsControl(c)) || text.Length > 200)
            faults.Add($"its {what} is '{text}'; expected at most 200 characters without ':' and control characters, because 'name:version' addresses it.");
        else if (!IsUnicode(text)) faults.Add($"its {what} is '{text}', which holds half a surrogate pair; expected whole characters, because it stands in UTF-8 files.");
    }

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private static void CheckMetadata(IReadOnlyList<(string Name, object? Value)> metadata, List<string> faults)
    {
        try
        {
            JsonValues.Plain(new JsonBuffer(), metadata.ToDictionary(m => m.Name, m => m.Value));
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
            faults.Add($"it has no space; say which points to run with {(ParameterForm.RecordOf(typeof(T)) is null ? "" : $".Over(Space.Of<{typeof(T).Name}>().Grid(…)) or ")}.Over(Space.Values(…)).");
            return;
        }

        faults.AddRange(space.Faults);
        if (space.Faults.Count > 0) return;
        try
        {
            long count = space.Count;
            if (count == 0) faults.Add("its space has no points; give every axis at least one value, and check filters.");
            else if (count > long.MaxValue / Math.Max(1, seeds.Replicates)) faults.Add($"{count} points × {seeds.Replicates} replicates are more runs than can be counted; make the space smaller.");
        }
        catch (OverflowException)
        {
            faults.Add("its space has more points than can be counted; use fewer values per axis, or sample with Random.");
        }
    }

    private static (UInt128 Fingerprint, byte[]? Json) Context(object? context, IFileHasher files, InputGuard inputs, List<string> faults)
    {
        try
        {
            UInt128 fingerprint = CanonicalWriter.Fingerprint(context, inputs);
            if (context is null) return (fingerprint, null);
            var plain = new CanonicalWriter(canonical: false, files);
            plain.Value(context);
            return (fingerprint, plain.Json.ToArray());
        }
        catch (CanonicalFormException fault)
        {
            faults.Add($"its context has a fault {fault.Message}");
            return default;
        }
    }

    /// <summary>Points that are made and identified before anything runs; in a larger space, later faults are found when their turn comes.</summary>
    private const long MostChecked = 10_000;

    private static void CheckPoints(Plan plan, IFileHasher files, List<string> faults)
    {
        var workspace = new RunWorkspace(files);
        for (long point = 0; point < Math.Min(plan.PointCount, MostChecked); point++)
        {
            try
            {
                PlannedRun run = plan.At(point * plan.Seeds.Replicates, workspace);
                IReadOnlyList<KeyValuePair<string, object?>> labels = plan.Labels(run);
                if (labels.Count > 0) JsonValues.Plain(new JsonBuffer(), new OrderedDictionary<string, object?>(labels, StringComparer.Ordinal));
            }
            catch (AssayException fault)
            {
                // One is enough: the others are most likely faulty in the same way.
                faults.Add($"point {point} of its space cannot be run: {fault.Message}");
                return;
            }
        }
    }
}
