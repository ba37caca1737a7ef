namespace Assay.Import;

/// <summary>One folder of metalab's file store: the runs of an experiment and what belongs to them.</summary>
internal sealed class MetalabFolder(string path)
{
    private static readonly string[] OfRuns = ["runs", "derived", "artifacts", "results", "logs", "experiments", ".locks"];

    public string Path => path;

    public string Runs => In("runs");

    public string Record(string id) => In("runs", id + ".json");

    public string Derived(string id) => In("derived", id + ".json");

    public string Artifacts(string id) => In("artifacts", id);

    public string Results(string id) => In("results", id);

    public string Logs => In("logs");

    public string In(params string[] parts) => System.IO.Path.Combine([path, .. parts]);

    /// <summary>The folder itself, or those in it: metalab keeps one for each experiment in a common one.</summary>
    /// <exception cref="AssayException">There is none.</exception>
    public static IReadOnlyList<MetalabFolder> Find(string folder)
    {
        if (IsOne(folder)) return [new MetalabFolder(folder)];
        if (!Directory.Exists(folder)) throw Wrong(folder);
        MetalabFolder[] found = [.. Directory.GetDirectories(folder).Where(IsOne).Order(StringComparer.Ordinal).Select(f => new MetalabFolder(f))];
        return found.Length > 0 ? found : throw Wrong(folder);
    }

    /// <summary>Files and folders in order of their names; none where the folder is missing.</summary>
    public static string[] Entries(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)] : [];

    /// <summary>Every file in a folder and below.</summary>
    public static string[] Files(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    /// <summary>What stands beside the folders of runs: settings of clusters and the like.</summary>
    public IEnumerable<string> Others() => Entries(path).Where(e => !OfRuns.Contains(System.IO.Path.GetFileName(e)) && System.IO.Path.GetFileName(e) != "_meta.json");

    // A store of Assay has a folder of runs, too; its description tells it apart.
    private static bool IsOne(string folder) => File.Exists(System.IO.Path.Combine(folder, "_meta.json")) && Directory.Exists(System.IO.Path.Combine(folder, "runs"));

    private static AssayException Wrong(string folder) =>
        ImportFault.WrongFolder(folder, "metalab", "a folder with _meta.json and runs/*.json in it, or one whose folders are such");
}
