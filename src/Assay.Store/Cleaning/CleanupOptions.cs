namespace Assay;

/// <summary>What a cleanup may free. Immutable; change it with <c>with</c>.</summary>
public sealed record CleanupOptions
{
    /// <summary>Artifacts that were written within this time are kept. Default: ten minutes.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What is freed beside the store's own files, before the journals that name it. Default: nothing.</summary>
    public IReadOnlyList<CleanupPart> Parts { get; init; } = [];
}
