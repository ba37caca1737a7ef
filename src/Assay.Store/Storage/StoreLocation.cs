namespace Assay;

/// <summary>Finds the store a program or a command means.</summary>
internal static class StoreLocation
{
    public const string FolderName = ".assay";
    public const string Variable = "ASSAY_DIR";

    /// <summary>The store this process writes to, whatever store its program names; null unless a run is replayed.</summary>
    public static string? Redirection { get; set; }

    /// <summary>Whether the stores that the program names are only read.</summary>
    public static bool IsRedirected => Redirection is not null;

    /// <summary>The store to write to where the program names one.</summary>
    public static StoreLayout ForWriting(StoreLayout named, TimeProvider clock)
    {
        if (Redirection is not { } path) return named;
        var redirected = new StoreLayout(path);
        StoreDescription.Ensure(redirected, clock);
        return redirected;
    }

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
