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
            if (Length(journal) is { } length) lengths.Add(journal, length);
        }

        return new JournalSnapshot(lengths);
    }

    /// <returns>Null when the file has just gone; the longest possible when it cannot be told, so that the scan says what is wrong with it.</returns>
    private static long? Length(string journal)
    {
        try
        {
            var file = new FileInfo(journal);
            if (file.LinkTarget is null) return file.Exists ? file.Length : null;
            // Of a link, the length is that of the link itself. One that leads nowhere is for the scan to tell.
            return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : long.MaxValue;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }

    public long LengthOf(string journal) => _lengths.GetValueOrDefault(journal);
}
