namespace Assay;

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

    protected override bool IsImmutable(object point) => ParameterForm.IsImmutable(point.GetType());

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
