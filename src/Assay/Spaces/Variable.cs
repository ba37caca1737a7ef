namespace Assay;

/// <summary>Creates variables, and combines several into one.</summary>
public static class Variable
{
    /// <summary>Creates a variable of an inferred type: <c>Variable.Of(2, new { a = 2 })</c>.</summary>
    /// <param name="value">The value that the experiment receives.</param>
    /// <param name="metadata">The columns, as for <see cref="Variable{T}"/>.</param>
    public static Variable<T> Of<T>(T value, object? metadata = null) => new(value, metadata);

    /// <summary>
    /// Combines several variables into one. Its columns are those of the inputs, merged left to right. If two columns have the same name,
    /// the value of the later one stands at the position of the earlier one.
    /// </summary>
    /// <param name="inputs">The variables, in order. Without inputs the variable has no columns.</param>
    /// <param name="combine">Computes the value from the values of the inputs, in the same order.</param>
    /// <exception cref="AssayException">The metadata of an input is neither an object with properties nor a dictionary with text
    /// keys.</exception>
    public static Variable<TResult> Combine<T, TResult>(IEnumerable<Variable<T>> inputs, Func<IReadOnlyList<T>, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(combine);
        Variable<T>[] all = [.. inputs];
        TResult value = combine([.. all.Select(input => input.Value)]);
        return new(value, NamedValues.Merge(all.Select(input => NamedValues.Read(input.Metadata))));
    }

    /// <summary>Combines two variables of different types; columns as in <see cref="Combine{T, TResult}"/>.</summary>
    public static Variable<TResult> Combine<T1, T2, TResult>(Variable<T1> first, Variable<T2> second, Func<T1, T2, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(combine);
        return new(
            combine(first.Value, second.Value), NamedValues.Merge([NamedValues.Read(first.Metadata), NamedValues.Read(second.Metadata)]));
    }

    /// <summary>Combines three variables of different types; columns as in <see cref="Combine{T, TResult}"/>.</summary>
    public static Variable<TResult> Combine<T1, T2, T3, TResult>(
        Variable<T1> first, Variable<T2> second, Variable<T3> third, Func<T1, T2, T3, TResult> combine)
    {
        ArgumentNullException.ThrowIfNull(third);
        ArgumentNullException.ThrowIfNull(combine);
        Variable<(T1 First, T2 Second)> pair = Combine(first, second, (a, b) => (a, b));
        return Combine(pair, third, (both, c) => combine(both.First, both.Second, c));
    }
}

/// <summary>An input with the columns that describe it, for inputs without a text of their own: a model, a data set, a function.</summary>
/// <typeparam name="T">The type of the input.</typeparam>
/// <param name="Value">The value that the experiment receives.</param>
/// <param name="Metadata">The columns of its rows: an object whose public properties are the columns (<c>new { lr = 0.01 }</c>), a
/// dictionary with text keys, or null for no columns.</param>
public sealed record Variable<T>(T Value, object? Metadata = null);
