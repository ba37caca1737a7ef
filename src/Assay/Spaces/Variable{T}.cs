namespace Assay;

/// <summary>
/// An input together with the columns that describe it, for inputs that have no text of their own: a model, a data set, a function.
/// </summary>
/// <typeparam name="T">The type of the input.</typeparam>
/// <param name="Value">The value that the experiment receives.</param>
/// <param name="Metadata">
/// The columns of its rows: an object whose public properties are the columns (<c>new { lr = 0.01 }</c>), a dictionary with
/// text keys, or null for no columns.
/// </param>
public sealed record Variable<T>(T Value, object? Metadata = null);
