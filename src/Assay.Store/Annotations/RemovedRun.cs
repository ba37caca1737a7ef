namespace Assay;

/// <summary>A run that was removed: no list, table or resumed experiment knows it any more.</summary>
/// <param name="Id">32 lower-case hexadecimal digits.</param>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="RemovedAt">When it was removed, in UTC.</param>
public sealed record RemovedRun(string Id, string Experiment, DateTimeOffset RemovedAt)
{
    /// <summary>When a cleanup freed what the run held, in UTC: from then on it cannot be restored. Null while it can.</summary>
    public DateTimeOffset? FreedAt { get; init; }

    internal UInt128 RunId => UInt128.Parse(Id, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The attempts that were removed.</summary>
    public IReadOnlyList<AttemptPlace> Places { get; init; } = [];
}
