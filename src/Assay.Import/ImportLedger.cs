using System.Text.Json;

namespace Assay.Import;

/// <summary>Gathers what an import does and what it leaves, so that nothing is left in silence.</summary>
internal sealed class ImportLedger(string source)
{
    private readonly OrderedDictionary<(string Name, string Version), int> _experiments = [];
    private readonly Dictionary<ImportedAs, int> _runs = [];
    private readonly List<ImportRemark> _damaged = [];
    private readonly List<ImportRemark> _left = [];
    private readonly OrderedDictionary<string, bool> _remarks = new(StringComparer.Ordinal);

    public int Found => _runs.Values.Sum();

    public long Values { get; set; }

    public long Artifacts { get; set; }

    public long Bytes { get; set; }

    public void Count(string experiment, string version, ImportedAs what)
    {
        _experiments[(experiment, version)] = _experiments.GetValueOrDefault((experiment, version)) + 1;
        _runs[what] = _runs.GetValueOrDefault(what) + 1;
    }

    /// <summary>Lists something that cannot be read.</summary>
    public void Damage(string file, long? line, string reason) => _damaged.Add(new ImportRemark(Relative(file), line, reason));

    /// <summary>Lists something that is sound and has no place in a store, or belongs to no run.</summary>
    public void Leave(string file, long? line, string reason) => _left.Add(new ImportRemark(Relative(file), line, reason));

    /// <summary>Adds something to know of the runs that came over; the same text once.</summary>
    public void Remark(string text) => _remarks[text] = true;

    /// <summary>What a file holds; the default where it cannot be read, which is listed as damage.</summary>
    public T? Try<T>(string file, Func<string, T> read, string remedy = "")
    {
        try
        {
            // A link may lead to the user's own files, and a pipe waits for its writer.
            StoreEntry.RequireOwn(file);
            return read(file);
        }
        catch (StoreException fault)
        {
            Damage(file, null, fault.Message);
        }
        catch (JsonException fault)
        {
            Damage(file, null, ForeignJson.Reason(fault) + remedy);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Damage(file, null, $"cannot be read: {fault.Message}{remedy}");
        }

        return default;
    }

    public JsonElement? TryObject(string file) => Try<JsonElement?>(file, f => ForeignJson.ReadObject(f));

    public string Relative(string file) => Path.IsPathRooted(file) ? Path.GetRelativePath(source, file).Replace('\\', '/') : file;

    public ImportSummary Summary(string store, string system, bool dryRun) => new()
    {
        Store = store,
        From = system,
        Source = source,
        DryRun = dryRun,
        Runs = new ImportedRuns(Found, Runs(ImportedAs.New), Runs(ImportedAs.Changed), Runs(ImportedAs.Known), Runs(ImportedAs.Removed)),
        Experiments = [.. _experiments.Select(e => new ImportedExperiment(e.Key.Name, e.Key.Version, e.Value))],
        Values = Values,
        Artifacts = Artifacts,
        Bytes = Bytes,
        Damaged = Sorted(_damaged),
        Left = Sorted(_left),
        Remarks = [.. _remarks.Keys],
    };

    private int Runs(ImportedAs what) => _runs.GetValueOrDefault(what);

    private static ImportRemark[] Sorted(List<ImportRemark> remarks) =>
        [.. remarks.OrderBy(r => r.File, StringComparer.Ordinal).ThenBy(r => r.Line)];
}
