namespace Assay.Import;

/// <summary>A folder of metalab's file store: the runs of an experiment and what belongs to them.</summary>
internal sealed class MetalabFolder(string path)
{
    private static readonly string[] OfRuns =
        ["runs", "derived", "artifacts", "results", "logs", "experiments", ".locks", "_meta.json"];

    public string Address => path;

    public string Record(string id) => In("runs", id + ".json");

    public string Derived(string id) => In("derived", id + ".json");

    public string Artifacts(string id) => In("artifacts", id);

    public string Results(string id) => In("results", id);

    public string In(params string[] parts) => Path.Combine([path, .. parts]);

    /// <summary>The folder itself, or those in it: metalab keeps one for each experiment in a common one.</summary>
    /// <exception cref="AssayException">There is none.</exception>
    public static IReadOnlyList<MetalabFolder> Find(string folder)
    {
        string[] found = IsOne(folder) ? [folder]
            : Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Where(IsOne).Order(StringComparer.Ordinal)] : [];
        return found.Length > 0 ? [.. found.Select(f => new MetalabFolder(f))] : throw RunImport.WrongFolder(
            folder, "metalab", "a folder with _meta.json and runs/*.json in it, or one whose folders are such");
    }

    /// <summary>The files and folders in a sub-folder, in order of their names; none where it is missing.</summary>
    public string[] Entries(string name) =>
        Directory.Exists(In(name)) ? [.. Directory.EnumerateFileSystemEntries(In(name)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Every file in a folder and below; none where it is missing.</summary>
    public static string[] Files(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>What lies beside the folders of runs: settings of clusters and the like.</summary>
    public IEnumerable<string> Others() => Entries("").Where(e => !OfRuns.Contains(Path.GetFileName(e)));

    // A store of Assay has a folder of runs, too; its description distinguishes it.
    private static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, "_meta.json")) && Directory.Exists(Path.Combine(folder, "runs"));
}
