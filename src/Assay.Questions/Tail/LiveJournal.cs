namespace Assay.Questions;

/// <summary>Reads the whole lines of a journal, and at each further call those that were appended since.</summary>
internal sealed class LiveJournal(JournalRef journal)
{
    private const int BlockSize = 1 << 16;

    private readonly List<byte> _unfinished = [];
    private long _offset;
    private long _lines;

    public JournalRef Journal => journal;

    public string Writer => JournalInfo.WriterOf(journal.Name);

    /// <summary>The runs that were started in the journal and have not ended, with their experiments.</summary>
    public OrderedDictionary<string, string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>The time of the last line of a run.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Adds the events of the lines that were appended since the last call.</summary>
    public void Read(LiveEvents events)
    {
        using JournalSource source = journal.Open();
        byte[] block = new byte[BlockSize];
        for (int read; (read = source.Read(block, _offset)) > 0; _offset += read) Take(block.AsSpan(0, read), events);
    }

    private void Take(ReadOnlySpan<byte> bytes, LiveEvents events)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            _unfinished.AddRange(bytes[..end]);
            _lines++;
            if (LiveLine.Read([.. _unfinished], journal.Location, _lines) is { } happened)
            {
                events.Add(happened);
                LastAt = happened.At;
                if (happened.Kind == "run_start") Open[happened.RunId] = happened.Experiment;
                if (happened.Kind == "run_end") Open.Remove(happened.RunId);
            }

            _unfinished.Clear();
        }

        _unfinished.AddRange(bytes);
    }
}
