namespace Assay.Analysis;

/// <summary>One pair of axes and what is drawn between them. Immutable.</summary>
public sealed record Panel
{
    /// <summary>The heading of the panel, such as the value of a facet; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>The row of the panel in the figure, from 0.</summary>
    public int Row { get; init; }

    /// <summary>The column of the panel in the figure, from 0.</summary>
    public int Column { get; init; }

    /// <summary>The axis from left to right.</summary>
    public Axis X { get; init; } = new();

    /// <summary>The axis from bottom to top.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>What is drawn, the first lowest.</summary>
    public IReadOnlyList<Mark> Marks { get; init; } = [];
}

/// <summary>What the positions along one side of a panel mean. Immutable.</summary>
public sealed record Axis
{
    /// <summary>The name of the axis; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>How values become positions. Default: linear.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>The smallest value shown. Default: by the values.</summary>
    public double? Min { get; init; }

    /// <summary>The largest value shown. Default: by the values.</summary>
    public double? Max { get; init; }

    /// <summary>The names of the positions 0, 1, 2, … of an axis of categories; otherwise empty.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    internal Axis ToLog(string axis) => Scale is AxisScale.Linear or AxisScale.Log
        ? this with { Scale = AxisScale.Log }
        : throw new AssayException($"The {axis} axis '{Label}' shows {(Scale == AxisScale.Time ? "times" : "categories")}; "
            + "expected numbers for a logarithmic axis.");
}

/// <summary>How values become positions on an axis.</summary>
public enum AxisScale
{
    /// <summary>Equal differences, equal distances.</summary>
    Linear,

    /// <summary>Equal ratios, equal distances.</summary>
    Log,

    /// <summary>Whole numbers from 0 that stand for names.</summary>
    Category,

    /// <summary>Milliseconds since the beginning of 1970 in UTC.</summary>
    Time,
}
