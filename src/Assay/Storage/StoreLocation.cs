namespace Assay;

/// <summary>Finds the store a program or a command means.</summary>
internal static class StoreLocation
{
    public const string FolderName = ".assay";
    public const string Variable = "ASSAY_DIR";

    /// <summary>The given path, or ASSAY_DIR, or the nearest <c>.assay</c> at or above the current folder, or <c>./.assay</c>; always absolute.</summary>
    public static string Resolve(string? path)
    {
        if (!string.IsNullOrWhiteSpace(path)) return Path.GetFullPath(path);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return Path.GetFullPath(named);
        string here = Directory.GetCurrentDirectory();
        for (DirectoryInfo? folder = new(here); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, FolderName);
            if (File.Exists(new StoreLayout(candidate).Description)) return candidate;
        }

        return Path.Combine(here, FolderName);
    }
}
