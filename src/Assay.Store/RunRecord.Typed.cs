using System.Diagnostics.CodeAnalysis;

namespace Assay;

public sealed partial class RunRecord
{
    private const string Parameter = "parameter";

    /// <summary>
    /// The parameters as the type they had: a record, class or struct, whose members are found as by <see cref="Table.As{T}"/>, or, of runs
    /// with a single parameter, its value (<c>ParamsAs&lt;int&gt;()</c>). Members that the run does not have take their defaults.
    /// </summary>
    /// <typeparam name="T">The type of the points, or one with some of their members.</typeparam>
    /// <exception cref="AssayException">
    /// A member without a default has no parameter, or a value does not convert without loss; the message names it.
    /// </exception>
    [RequiresUnreferencedCode(DataForm.NeedsReflection)]
    public T ParamsAs<T>()
    {
        try
        {
            if (IsSingle(typeof(T))) return OnlyParam<T>();
            return TypedValues.As<T>(Params.Select(p => KeyValuePair.Create(p.Key, RunRow.Cell(p.Value))), Parameter);
        }
        catch (TableException fault)
        {
            throw new AssayException($"the parameters of run {Id} cannot be read as {FullTypeName.Of(typeof(T))}: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// A metric as a number, whatever number was recorded: the nearest double of a whole one beyond 2^53. Of a series it is the last value.
    /// </summary>
    /// <param name="name">The exact name, or one that differs in casing and underscores alone.</param>
    /// <exception cref="AssayException">The run has no such metric (the message lists those it has), or it is no number.</exception>
    public double Metric(string name)
    {
        object? value = FindMetric(name);
        return NumberOrder.TryNumber(value, out double number) ? number : throw new AssayException(
            $"the metric '{name}' of run {Id} is {ValueText.Of(value)}, no number; expected one. "
                + $"Read it with Metric<T>(\"{name}\"), for example as string or bool.");
    }

    /// <summary>
    /// A metric as a type of your own choice: a number of any type, a text, a Boolean, an enum. Of a series it is the last value.
    /// </summary>
    /// <typeparam name="T">The type wanted; nullable where the metric may be null.</typeparam>
    /// <param name="name">As in <see cref="Metric(string)"/>.</param>
    /// <exception cref="AssayException">
    /// The run has no such metric (the message lists those it has), or the type does not hold the value without loss.
    /// </exception>
    public T Metric<T>(string name)
    {
        object? value = FindMetric(name);
        try
        {
            return TypedValues.To<T>(value, "metric", name);
        }
        catch (TableException fault)
        {
            throw new AssayException($"run {Id}: {fault.Message}", fault);
        }
    }

    private object? FindMetric(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Metrics.TryGetValue(name, out object? value)) return value;
        return RunField.Parse($"metrics.{name}").Of(new RunValues(this)) is { } found
            ? RunField.SingleOf(found)
            : throw Unknown("metric", name, [.. Metrics.Keys, .. SeriesNames]);
    }

    private T OnlyParam<T>() => Params.Count == 1
        ? TypedValues.To<T>(RunRow.Cell(Params.First().Value), Parameter, Params.First().Key)
        : throw new TableException($"expected one parameter for a single value; there are {Params.Count}"
            + $"{(Params.Count == 0 ? "" : ": " + ValueText.Few([.. Params.Keys]))}. Read them as a type with members of these names.");

    // A type whose values are no members of their own: what a parameter alone may be.
    private static bool IsSingle(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || bare.IsAssignableTo(typeof(System.Collections.IEnumerable))
            || bare.Namespace is "System" or "System.Numerics" && !bare.IsAssignableTo(typeof(System.Runtime.CompilerServices.ITuple));
    }
}
