namespace Assay.Tables;

/// <summary>A column whose values can be seen as a span. Where a value is null the span holds the default, NaN for doubles.</summary>
internal interface IValues<T>
{
    ReadOnlySpan<T> Values { get; }
}
