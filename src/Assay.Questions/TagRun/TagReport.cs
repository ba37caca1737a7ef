namespace Assay.Questions;

/// <summary>What became of a run's tags.</summary>
internal sealed record TagReport(
    string Store, string RunId, string Experiment, IReadOnlyList<string> Added, IReadOnlyList<string> Removed,
    IReadOnlyList<string> Tags) : Report
{
    /// <summary>Changes the tags of a run; what it has, or has not, already is no change.</summary>
    /// <exception cref="AssayException">A tag is blank, or to be added and taken away; the run has been removed.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static TagReport Make(Store store, RunRecord run, TagChanges changes)
    {
        IReadOnlyList<string> tags = store.Tag(run, changes.Add, changes.Remove);
        return new TagReport(
            store.Path, run.Id, run.Experiment, [.. tags.Except(run.Tags, StringComparer.Ordinal)], [
                .. run.Tags.Except(tags, StringComparer.Ordinal)], tags);
    }
}
