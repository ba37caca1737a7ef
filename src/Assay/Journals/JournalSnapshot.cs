namespace Assay;

/// <summary>
/// The journals of a store and their lengths at one moment. Results are read later, when they are looked at, but never beyond this: they show the moment they
/// were asked for, however much is appended meanwhile.
/// </summary>
internal sealed class JournalSnapshot
{
    private readonly Dictionary<string, long> _lengths;

    private JournalSnapshot(Dictionary<string, long> lengths) => _lengths = lengths;

    public IEnumerable<string> Journals => _lengths.Keys.Order(StringComparer.Ordinal);

    public static JournalSnapshot Take(StoreLayout layout)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string journal in layout.AllJournals())
        {
            var file = new FileInfo(journal);
            if (file.Exists) lengths.Add(journal, file.Length);
        }

        return new JournalSnapshot(lengths);
    }

    public long LengthOf(string journal) => _lengths.GetValueOrDefault(journal);
}
