using System.Collections.Concurrent;
using System.Reflection;

namespace Assay;

/// <summary>The runs of an experiment: run <i>i</i> is replicate <i>i mod R</i> of point <i>i / R</i>. Immutable and thread-safe.</summary>
internal abstract class Plan
{
    public required string Name { get; init; }
    public required string Version { get; init; }
    public required SeedPlan Seeds { get; init; }
    public required RunIdentity Identity { get; init; }
    public required CodeFingerprint Code { get; init; }

    /// <summary>The context in plain form; null without a context.</summary>
    public required byte[]? ContextJson { get; init; }

    public required IFileHasher Files { get; init; }
    public required InputGuard Inputs { get; init; }
    public string Description { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, object?>> Metadata { get; init; } = [];

    public long Count => checked(PointCount * Seeds.Replicates);

    public abstract long PointCount { get; }
    public abstract bool IsAsync { get; }
    public abstract IReadOnlyList<string> Notes { get; }
    public abstract object SpaceDescription { get; }
    public string Title => $"{Name}:{Version}";

    /// <summary>Computes a run: one access to the space, one canonical form and one hash.</summary>
    public PlannedRun At(long index, RunWorkspace workspace)
    {
        long point = Math.DivRem(index, Seeds.Replicates, out long replicate);
        if (workspace.PointIndex != point) Load(point, workspace);
        SeedBundle seed = Seeds.Bundle((int)replicate, Seeds.MixPoint ? Fingerprint.Hex(workspace.PointFingerprint) : null);
        UInt128 id = Identity.IdOf(workspace.Identity, workspace.Canonical.Json.Written, seed);
        return new PlannedRun(index, id, workspace.Point!, seed, workspace.PointFingerprint);
    }

    /// <summary>Computes the runs from the first one, at most the chosen number.</summary>
    public IEnumerable<PlannedRun> Runs(RunOptions options, RunWorkspace workspace)
    {
        long limit = Math.Min(Count, options.Head ?? long.MaxValue);
        for (long i = 0; i < limit; i++) yield return At(i, workspace);
    }

    public static UInt128 IdUnder(RunIdentity other, PlannedRun run, RunWorkspace workspace) =>
        other.IdOf(workspace.Identity, workspace.CanonicalOf(run), run.Seed);

    /// <summary>Verifies that the operation has not changed its parameters: its results would stand under others than it used.</summary>
    /// <exception cref="CaptureException">The parameters differ from those in the identity of the run.</exception>
    public void CheckUnchanged(PlannedRun run, RunWorkspace workspace)
    {
        if (ParameterForm.IsImmutable(run.Point.GetType())) return;
        var current = new CanonicalWriter(canonical: true, workspace.Canonical.Files);
        WriteCanonical(run.Point, current);
        if (current.Json.Written.SequenceEqual(workspace.CanonicalOf(run))) return;
        workspace.PointIndex = -1;
        throw new CaptureException("the operation has changed its own parameters (a list, a dictionary or a settable member), "
            + "expected parameters that stay the same, because they identify the run. Copy them before changing them.");
    }


    public abstract void WriteParams(PlannedRun run, RunWorkspace workspace, JsonBuffer line);

    /// <summary>The columns that a space of variables adds to the rows of the run.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, object?>> Labels(PlannedRun run);

    public abstract void Execute(PlannedRun run, RunContext context);

    public abstract Task ExecuteAsync(PlannedRun run, RunContext context);

    protected abstract object PointAt(long point);

    protected abstract void WriteCanonical(object point, CanonicalWriter writer);

    private void Load(long point, RunWorkspace workspace)
    {
        workspace.PointIndex = -1;
        object value = PointAt(point);
        WriteCanonical(value, workspace.Canonical.Reset());
        workspace.PointFingerprint = Fingerprint.Of(workspace.Canonical.Json.Written);
        (workspace.Point, workspace.PointIndex) = (value, point);
    }
}

/// <summary>The plan of an experiment over points of type <typeparamref name="T"/>.</summary>
internal sealed class TypedPlan<T>(Space<T> space, Operation<T> operation) : Plan
{
    private readonly RecordEncoder? _record = ParameterForm.RecordOf(typeof(T));

    public override long PointCount => space.Count;
    public override bool IsAsync => operation.Async is not null;
    public override IReadOnlyList<string> Notes => space.Notes;
    public override object SpaceDescription => space.Describe();

    public override void WriteParams(PlannedRun run, RunWorkspace workspace, JsonBuffer line)
    {
        CanonicalWriter writer = workspace.Plain.Reset();
        if (_record is not null && run.Point.GetType() == typeof(T)) _record.WriteMembers(writer, run.Point);
        else if (ParameterForm.RecordOf(run.Point.GetType()) is { } derived) derived.WriteNamed(writer, run.Point);
        else
        {
            writer.Json.Raw((byte)'{').Key(operation.ParameterName);
            writer.Value(run.Point);
            writer.Json.Raw((byte)'}');
        }

        line.Raw(writer.Json.Written);
    }

    public override IReadOnlyList<KeyValuePair<string, object?>> Labels(PlannedRun run) => space.Labels(run.Index / Seeds.Replicates);

    public override void Execute(PlannedRun run, RunContext context) => operation.Sync!((T)run.Point, context);

    public override Task ExecuteAsync(PlannedRun run, RunContext context) => operation.Async!((T)run.Point, context);


    protected override object PointAt(long point) => space[point] ?? throw new CanonicalFormException(
        $"point {point} of the space is null; expected a {FullTypeName.Of(typeof(T))}. Leave nulls out of the space.");

    // The name of the declared type is left out, so that renaming it keeps the results. A value of a derived type is a different point and
    // is written with the name of its type.
    protected override void WriteCanonical(object point, CanonicalWriter writer)
    {
        if (_record is not null && point.GetType() == typeof(T)) _record.WriteMembers(writer, point);
        else writer.Value(point);
    }
}

/// <summary>The user's code for one run, either synchronous or asynchronous.</summary>
internal sealed record Operation<T>(Delegate UserCode, Action<T, RunContext>? Sync, Func<T, RunContext, Task>? Async)
{
    /// <summary>The delegates whose code identifies runs: itself, or those that a library's operation wraps.</summary>
    public IReadOnlyList<Delegate> Wrapped { get; init; } = [UserCode];

    /// <summary>The name of the delegate's parameter, which names the column of single-value parameters. "value" for a discard.</summary>
    public string ParameterName
    {
        get
        {
            string? name = UserCode.Method.GetParameters().FirstOrDefault(p => p.ParameterType == typeof(T))?.Name;
            return string.IsNullOrEmpty(name?.Trim('_')) || name.Contains('<', StringComparison.Ordinal) ? "value" : name;
        }
    }
}

/// <summary>One run of a plan. The fingerprint of its parameters identifies the point across replicates.</summary>
internal sealed record PlannedRun(long Index, UInt128 Id, object Point, SeedBundle Seed, UInt128 ParamsFingerprint);

/// <summary>The buffers that one worker reuses for all of its runs. Not thread-safe.</summary>
internal sealed class RunWorkspace(IFileHasher files)
{
    public JsonBuffer Line { get; } = new();
    public CanonicalWriter Canonical { get; } = new(canonical: true, files);
    public CanonicalWriter Plain { get; } = new(canonical: false, files);

    public JsonBuffer Identity { get; } = new();

    /// <summary>The index of the point whose canonical form is in <see cref="Canonical"/>; −1 for none.</summary>
    public long PointIndex { get; set; } = -1;

    public object? Point { get; set; }
    public UInt128 PointFingerprint { get; set; }

    /// <summary>The canonical form of a run's point, which must be the point that was computed last.</summary>
    public ReadOnlySpan<byte> CanonicalOf(PlannedRun run) => ReferenceEquals(run.Point, Point) ? Canonical.Json.Written
        : throw new InvalidOperationException("The workspace has computed another point in the meantime.");
}

/// <summary>Properties of parameter types.</summary>
internal static class ParameterForm
{
    private static readonly HashSet<Type> Scalars = [typeof(string), typeof(decimal), typeof(FileRef), typeof(DirectoryRef)];
    private static readonly ConcurrentDictionary<Type, bool> Immutable = new();

    /// <summary>The encoder of a type with named members; null for a single value.</summary>
    public static RecordEncoder? RecordOf(Type type)
    {
        try
        {
            return CanonicalEncoder.For(type) as RecordEncoder;
        }
        catch (CanonicalFormException)
        {
            // Writing the value reports the fault with its path.
            return null;
        }
    }

    /// <summary>Whether exactly this type is immutable: single values, and types of read-only fields of such sealed types.</summary>
    public static bool IsImmutable(Type type) => Immutable.GetOrAdd(type, t => IsImmutable(t, depth: 0));

    private static bool IsImmutable(Type type, int depth)
    {
        if (type.IsPrimitive || type.IsEnum || Scalars.Contains(type)) return true;
        if (Nullable.GetUnderlyingType(type) is { } inner) return IsImmutable(inner, depth + 1);
        if (type.Namespace == "System") return type.IsValueType && !type.IsGenericType;
        if (depth > 20 || type.IsArray || type.IsInterface || type.IsAbstract) return false;
        bool isExact = type.IsSealed || type.IsValueType || depth == 0;
        // A struct in a read-only field cannot be changed in place, so its private fields need not be read-only.
        bool isContainedStruct = depth > 0 && type.IsValueType;
        return isExact && Fields(type).All(field =>
            (field.IsInitOnly || (isContainedStruct && field.IsPrivate)) && IsImmutable(field.FieldType, depth + 1));
    }

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
            foreach (FieldInfo field in level.GetFields(Declared)) yield return field;
    }
}
