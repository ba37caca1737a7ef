namespace Assay;

/// <summary>
/// An input with the columns that describe it, for inputs that do not speak for themselves: a model, a data set, a function.
/// </summary>
/// <typeparam name="T">The type of the input.</typeparam>
/// <param name="Value">What the experiment gets.</param>
/// <param name="Metadata">
/// What its rows show: an object whose public properties are the columns (<c>new { lr = 0.01 }</c>), a dictionary with
/// text keys, or null for no columns.
/// </param>
public sealed record Variable<T>(T Value, object? Metadata = null);
