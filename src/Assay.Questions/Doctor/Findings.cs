namespace Assay.Questions;

/// <summary>
/// Gathers findings, so many of each kind and the number of the rest: a ruined store must not fill the memory with reports.
/// </summary>
internal sealed class Findings
{
    public const int MostOfAKind = 100;

    private readonly List<Finding> _list = [];
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<Finding> Listed => _list;

    public long Problems { get; private set; }

    public long Notes { get; private set; }

    /// <summary>How many of each kind are counted but not listed.</summary>
    public IReadOnlyDictionary<string, long> Omitted =>
        _counts.Where(c => c.Value > MostOfAKind).ToDictionary(c => c.Key, c => c.Value - MostOfAKind, StringComparer.Ordinal);

    public void Add(Finding finding)
    {
        if (finding.Severity == Finding.Problem) Problems++;
        else Notes++;
        long count = _counts[finding.Kind] = _counts.GetValueOrDefault(finding.Kind) + 1;
        if (count <= MostOfAKind) _list.Add(finding);
    }

    public void Unreadable(string file, Exception fault) => Add(new Finding(
        Finding.Problem, FindingKinds.UnreadableFile, $"cannot be read: {fault.Message} Check its permissions and the disk; "
            + "it was not checked further.")
    { File = file });

    public void Special(string file) => Add(new Finding(
        Finding.Problem, FindingKinds.UnreadableFile, "is a pipe, a socket or a device, where journals are files. "
            + "Every reader passes it over. Remove it; if it is a link, put a copy of the journal in its place.")
    { File = file });
}
