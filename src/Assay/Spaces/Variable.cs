namespace Assay;

/// <summary>Makes variables, and combines several into one.</summary>
public static class Variable
{
    /// <summary>A variable whose type is inferred: <c>Variable.Of(2, new { a = 2 })</c>.</summary>
    /// <param name="value">What the experiment gets.</param>
    /// <param name="metadata">Its columns, as for <see cref="Variable{T}"/>.</param>
    public static Variable<T> Of<T>(T value, object? metadata = null) => new(value, metadata);

    /// <summary>
    /// One variable from several: its value is computed from theirs, its columns are theirs, merged left to right. Of two
    /// columns with one name the later value wins and the earlier position stays.
    /// </summary>
    /// <param name="inputs">The variables, in order. None gives a variable without columns.</param>
    /// <param name="combine">Computes the value from the values in the same order.</param>
    /// <exception cref="AssayException">Some metadata is neither an object with properties nor a dictionary with text keys.</exception>
    public static Variable<TResult> Combine<T, TResult>(IEnumerable<Variable<T>> inputs, Func<IReadOnlyList<T>, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(combine);
        Variable<T>[] all = [.. inputs];
        return new(combine([.. all.Select(input => input.Value)]), NamedValues.Merge(all.Select(input => NamedValues.Read(input.Metadata))));
    }

    /// <summary>One variable from two of different types; columns as in <see cref="Combine{T, TResult}"/>.</summary>
    public static Variable<TResult> Combine<T1, T2, TResult>(Variable<T1> first, Variable<T2> second, Func<T1, T2, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(combine);
        return new(combine(first.Value, second.Value), NamedValues.Merge([NamedValues.Read(first.Metadata), NamedValues.Read(second.Metadata)]));
    }

    /// <summary>One variable from three of different types; columns as in <see cref="Combine{T, TResult}"/>.</summary>
    public static Variable<TResult> Combine<T1, T2, T3, TResult>(
        Variable<T1> first, Variable<T2> second, Variable<T3> third, Func<T1, T2, T3, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(third);
        ArgumentNullException.ThrowIfNull(combine);
        Variable<(T1 First, T2 Second)> pair = Combine(first, second, (a, b) => (a, b));
        return Combine(pair, third, (both, c) => combine(both.First, both.Second, c));
    }
}
