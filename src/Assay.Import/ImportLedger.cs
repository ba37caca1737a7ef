namespace Assay.Import;

/// <summary>Something of the source that came over damaged or not at all.</summary>
/// <param name="File">The file, relative to the source.</param>
/// <param name="Line">Its line, from 1; null for the file as a whole.</param>
/// <param name="Reason">What is wrong, or why it was left.</param>
internal sealed record ImportRemark(string File, long? Line, string Reason);

/// <summary>How many runs of an experiment the source has.</summary>
internal sealed record ImportedExperiment(string Name, string Version, int Runs);

/// <summary>Gathers what an import does and what it leaves, so that nothing is left in silence.</summary>
internal sealed class ImportLedger(string source)
{
    private readonly OrderedDictionary<(string Name, string Version), int> _experiments = [];
    private readonly List<ImportRemark> _damaged = [];
    private readonly List<ImportRemark> _left = [];
    private readonly List<string> _remarks = [];

    /// <summary>Runs that the store did not have.</summary>
    public int New { get; private set; }

    /// <summary>Runs the store had, of which the source has more or something else by now: they got another attempt.</summary>
    public int Changed { get; private set; }

    /// <summary>Runs the store has already.</summary>
    public int Known { get; private set; }

    /// <summary>Runs that were removed from the store, and could be restored: they are left alone.</summary>
    public int Removed { get; private set; }

    public int Found => New + Changed + Known + Removed;

    public long Values { get; set; }

    public long Artifacts { get; set; }

    public long Bytes { get; set; }

    public IReadOnlyList<ImportedExperiment> Experiments => [.. _experiments.Select(e => new ImportedExperiment(e.Key.Name, e.Key.Version, e.Value))];

    public IReadOnlyList<ImportRemark> Damaged => Sorted(_damaged);

    public IReadOnlyList<ImportRemark> Left => Sorted(_left);

    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Counts a run of the source, unless it is the store's own.</summary>
    /// <returns>Whether it is to be written.</returns>
    public bool Run(string experiment, string version, ImportedAs what)
    {
        if (what == ImportedAs.Own) return false;
        _experiments[(experiment, version)] = _experiments.GetValueOrDefault((experiment, version)) + 1;
        switch (what)
        {
            case ImportedAs.New: New++; break;
            case ImportedAs.Changed: Changed++; break;
            case ImportedAs.Known: Known++; break;
            case ImportedAs.Removed: Removed++; break;
        }

        return what is ImportedAs.New or ImportedAs.Changed;
    }

    /// <summary>Something that cannot be read.</summary>
    public void Damage(string file, long? line, string reason) => _damaged.Add(new ImportRemark(Relative(file), line, reason));

    /// <summary>Something that is sound and has no place in a store, or is none of a run.</summary>
    public void Leave(string file, long? line, string reason) => _left.Add(new ImportRemark(Relative(file), line, reason));

    /// <summary>Something to know of the runs that came over; said once.</summary>
    public void Remark(string text)
    {
        if (!_remarks.Contains(text, StringComparer.Ordinal)) _remarks.Add(text);
    }

    public string Relative(string file) => Path.IsPathRooted(file) ? Path.GetRelativePath(source, file).Replace('\\', '/') : file;

    private static ImportRemark[] Sorted(List<ImportRemark> remarks) => [.. remarks.OrderBy(r => r.File, StringComparer.Ordinal).ThenBy(r => r.Line)];
}
