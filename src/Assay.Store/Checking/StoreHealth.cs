namespace Assay;

/// <summary>The result of a <see cref="StoreCheck"/>. Not thread-safe while the check runs.</summary>
public sealed class StoreHealth
{
    // A ruined store must not fill the memory with findings.
    private const int MostOfAKind = 100;

    private readonly List<Finding> _findings = [];
    private readonly Dictionary<FindingKind, long> _counts = [];

    /// <summary>The findings, at most 100 of each kind, in the order in which they were found.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The number of findings that are not listed, for each kind that has such.</summary>
    public IReadOnlyDictionary<FindingKind, long> Omitted =>
        _counts.Where(count => count.Value > MostOfAKind).ToDictionary(count => count.Key, count => count.Value - MostOfAKind);

    /// <summary>The number of problems, listed or not.</summary>
    public long Problems => _counts.Where(count => count.Key.IsProblem).Sum(count => count.Value);

    /// <summary>The number of notes, listed or not.</summary>
    public long Notes => _counts.Values.Sum() - Problems;

    /// <summary>The number of journals that were read.</summary>
    public long Journals { get; internal set; }

    /// <summary>The number of lines in them.</summary>
    public long Lines { get; internal set; }

    /// <summary>The number of attempts of runs that were started.</summary>
    public long Attempts { get; internal set; }

    /// <summary>The number of artifacts whose content was hashed.</summary>
    public long Artifacts { get; internal set; }

    /// <summary>The number of annotations: notes, changes of tags, removals.</summary>
    public long Annotations { get; internal set; }

    /// <summary>The number of bytes that were read.</summary>
    public long Bytes { get; internal set; }

    internal void Add(Finding finding)
    {
        long count = _counts[finding.Kind] = _counts.GetValueOrDefault(finding.Kind) + 1;
        if (count <= MostOfAKind) _findings.Add(finding);
    }

    internal void AddUnreadable(string file, Exception fault) => Add(new Finding(
        FindingKind.UnreadableFile, $"cannot be read: {fault.Message} Check its permissions and the disk; it was not checked further.")
    { File = file });
}
