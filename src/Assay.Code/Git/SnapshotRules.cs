namespace Assay;

/// <summary>Decides what of the uncommitted changes must not or cannot be kept.</summary>
internal static class SnapshotRules
{
    public static IEnumerable<LeftOut> LeaveOut(GitRepository repository, IEnumerable<WorkTreeEntry> entries, SnapshotOptions options)
    {
        foreach (WorkTreeEntry entry in entries)
        {
            string path = Path.Combine(repository.Root, entry.Path);
            long? size = File.Exists(path) ? new FileInfo(path).Length : null;
            if (Reason(entry, path, size, options) is { } reason) yield return new LeftOut(entry.Path.TrimEnd('/'), reason, size);
        }
    }

    private static string? Reason(WorkTreeEntry entry, string path, long? size, SnapshotOptions options)
    {
        if (entry.NestedRepository) return "a repository of its own; git keeps no content of it";
        if (entry.SubmoduleWithEdits) return "a submodule with uncommitted edits; only its commit is kept";
        if (entry.Submodule[0] == 'S' || size is null) return null;
        if (LikelySecrets.Reason(path, entry.Path, options.Secrets) is { } secret) return secret;
        return entry.ChangedOnDisk && size > options.MaxFileSize ? $"larger than {options.MaxFileSize} bytes" : null;
    }
}
