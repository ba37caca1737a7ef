using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>Computes one value inside a point from the positions on all axes.</summary>
internal delegate object? PointPart(ReadOnlySpan<long> positions);

/// <summary>An object inside a point, or the point itself, which is constructed from its parts.</summary>
internal sealed class ObjectPart(TypeShape shape, PointPart[] arguments, (Member Member, PointPart Part)[] settings)
{
    public object? Value(ReadOnlySpan<long> positions)
    {
        try
        {
            object created = Construct(positions);
            foreach ((Member member, PointPart part) in settings) member.Set(created, part(positions));
            return created;
        }
        catch (Exception e) when (e is not AssayException) // The constructor and the setters are the user's code.
        {
            throw Refusal(e is TargetInvocationException { InnerException: { } inner } ? inner : e, positions);
        }
    }

    private object Construct(ReadOnlySpan<long> positions)
    {
        if (shape.Constructor is null) return RuntimeHelpers.GetUninitializedObject(shape.Type);
        var buffer = default(Buffer);
        int count = arguments.Length;
        Span<object?> values = count <= Buffer.Length ? ((Span<object?>)buffer)[..count] : new object?[count];
        for (int i = 0; i < values.Length; i++) values[i] = arguments[i](positions);
        return shape.Constructor.Invoke(values);
    }

    private AssayException Refusal(Exception reason, ReadOnlySpan<long> positions)
    {
        var values = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
            values.Add($"{shape.Parameters[i].Member.Name} = {ValueText.Of(arguments[i](positions))}");
        foreach ((Member member, PointPart part) in settings) values.Add($"{member.Name} = {ValueText.Of(part(positions))}");
        return new AssayException($"{TypeName.Of(shape.Type)} refused the values {string.Join(", ", values)}: "
            + $"{reason.GetType().Name}: {ExceptionText.Clause(reason)}; give the axes values that are valid together", reason);
    }

    // Keeps the arguments of records with up to twelve parameters off the heap.
    [InlineArray(Length)]
    private struct Buffer
    {
        public const int Length = 12;
        private object? _first;
    }
}
