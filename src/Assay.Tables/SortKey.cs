namespace Assay;

/// <summary>
/// A column to sort by and its direction. A plain name converts to an ascending key: <c>table.Sort("dataset",
/// SortKey.Descending("accuracy"))</c>.
/// </summary>
/// <param name="Column">Name of the column.</param>
/// <param name="IsDescending">Whether large values come first. Default: false.</param>
public readonly record struct SortKey(string Column, bool IsDescending = false)
{
    /// <summary>Small values first. What the conversion from a name gives.</summary>
    public static SortKey Ascending(string column) => new(column);

    /// <summary>Large values first.</summary>
    public static SortKey Descending(string column) => new(column, IsDescending: true);

    /// <summary>An ascending key.</summary>
    public static implicit operator SortKey(string column) => new(column);
}

/// <summary>Which rows without a partner a join keeps.</summary>
public enum JoinKind
{
    /// <summary>None.</summary>
    Inner,

    /// <summary>Those of the left table, with nulls on the right.</summary>
    Left,

    /// <summary>Those of both tables, the ones of the right table at the end.</summary>
    Outer,
}
