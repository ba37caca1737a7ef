namespace Assay.Analysis;

/// <summary>How a forest is grown. Immutable; change it with <c>with</c>.</summary>
public sealed record ForestOptions
{
    /// <summary>The number of trees, 10 to 10,000. Default: 200.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>The fewest runs in a leaf, 1 to 1,000. Default: 3.</summary>
    public int LeastInLeaf { get; init; } = 3;

    /// <summary>The seed of the samples that each tree is grown from. Default: 0.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        if (Trees is < 10 or > 10_000) throw new AssayException($"Trees is {Trees}; expected 10 to 10,000.");
        if (LeastInLeaf is < 1 or > 1000) throw new AssayException($"LeastInLeaf is {LeastInLeaf}; expected 1 to 1,000.");
    }
}
