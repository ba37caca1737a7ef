namespace Assay;

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
