using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>One value inside a point, made from the positions on all axes.</summary>
internal abstract class PointPart
{
    public abstract object? Value(ReadOnlySpan<long> positions);
}

/// <summary>The same value in every point.</summary>
internal sealed class ConstantPart(object? value) : PointPart
{
    public override object? Value(ReadOnlySpan<long> positions) => value;
}

/// <summary>A value that one axis decides.</summary>
internal sealed class AxisPart(int axis, Func<long, object?> at) : PointPart
{
    public override object? Value(ReadOnlySpan<long> positions) => at(positions[axis]);
}

/// <summary>An object put together from its parts.</summary>
internal sealed class ObjectPart(TypeShape shape, PointPart[] arguments, (Member Member, PointPart Part)[] settings) : PointPart
{
    public override object? Value(ReadOnlySpan<long> positions)
    {
        try
        {
            object made = Construct(positions);
            foreach ((Member member, PointPart part) in settings) member.Set(made, part.Value(positions));
            return made;
        }
        catch (Exception e) when (e is not AssayException) // The type's own code ran: its refusal is told with the values it got.
        {
            throw Refused(e is TargetInvocationException { InnerException: { } inner } ? inner : e, positions);
        }
    }

    private object Construct(ReadOnlySpan<long> positions)
    {
        if (shape.Constructor is null) return RuntimeHelpers.GetUninitializedObject(shape.Type);
        if (arguments.Length > Buffer.Length) return Construct(new object?[arguments.Length], positions);
        var buffer = default(Buffer);
        return Construct(((Span<object?>)buffer)[..arguments.Length], positions);
    }

    private object Construct(Span<object?> values, ReadOnlySpan<long> positions)
    {
        for (int i = 0; i < values.Length; i++) values[i] = arguments[i].Value(positions);
        return shape.Constructor!.Invoke(values);
    }

    private AssayException Refused(Exception reason, ReadOnlySpan<long> positions)
    {
        var given = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
            given.Add($"{shape.Parameters[i].Member.Name} = {ValueText.Of(arguments[i].Value(positions))}");
        foreach ((Member member, PointPart part) in settings) given.Add($"{member.Name} = {ValueText.Of(part.Value(positions))}");
        return new AssayException($"{TypeName.Of(shape.Type)} refused the values {string.Join(", ", given)}: "
            + $"{reason.GetType().Name}: {Foreign.Clause(reason)}; give the axes values that it accepts together", reason);
    }

    // Keeps the arguments of a usual record off the heap.
    [InlineArray(Length)]
    private struct Buffer
    {
        public const int Length = 12;
        private object? _first;
    }
}
