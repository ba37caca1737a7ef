namespace Assay.Journals;

/// <summary>Reads single lines of journals by their place. Keeps some files open. Thread-safe.</summary>
public sealed class JournalReader(IReadOnlyList<JournalRef> journals)
{
    private const int MostOpen = 64;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, JournalSource> _open = [];

    /// <summary>The location of a journal, for messages.</summary>
    public string PathOf(int journal) => journals[journal].Location;

    /// <summary>The bytes of a line.</summary>
    /// <exception cref="StoreException">The journal cannot be read or ends before the line does.</exception>
    public byte[] Read(int journal, long offset, int length)
    {
        byte[] line = new byte[length];
        int read = 0;
        while (read < length)
        {
            int more = ReadAt(journal, line.AsMemory(read), offset + read);
            read += more > 0 ? more : throw new StoreException(
                $"the journal '{PathOf(journal)}' ends at byte {offset + read}, before the line at byte {offset} does: "
                + "it was cut off while it was being read. Load the results again.");
        }

        return line;
    }

    /// <summary>The lines from one place to another, or to the end of the file.</summary>
    public IEnumerable<(long Offset, byte[] Line)> Lines(int journal, long from, long? to)
    {
        long end = to ?? LengthOf(journal);
        byte[] block = new byte[Math.Clamp(end - from, 1, 1 << 16)];
        int held = 0;
        // Such a line is damage, which the scan has reported.
        bool isTooLong = false;
        for (long at = from; at < end;)
        {
            if (held == block.Length && held >= LineChecksum.LongestLine) (isTooLong, at, held) = (true, at + held, 0);
            else if (held == block.Length) Array.Resize(ref block, block.Length * 2);

            int read = ReadAt(journal, block.AsMemory(held), at + held);
            held += read;
            int start = 0;
            for (int length; (length = block.AsSpan(start, held - start).IndexOf((byte)'\n')) >= 0 && at + start < end; start += length + 1)
            {
                if (!isTooLong) yield return (at + start, block[start..(start + length)]);
                isTooLong = false;
            }

            if (read == 0) yield break;
            block.AsSpan(start, held - start).CopyTo(block);
            (held, at) = (held - start, at + start);
        }
    }

    private long LengthOf(int journal) => OnFile(journal, source => source.Length);

    private int ReadAt(int journal, Memory<byte> bytes, long offset) => OnFile(journal, source => source.Read(bytes.Span, offset));

    private T OnFile<T>(int journal, Func<JournalSource, T> ask)
    {
        while (true)
        {
            try
            {
                return ask(Handle(journal));
            }
            // Another thread has closed it to open others.
            catch (ObjectDisposedException) { }
        }
    }

    private JournalSource Handle(int journal)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(journal, out JournalSource? handle)) return handle;
            if (_open.Count >= MostOpen)
            {
                (int oldest, JournalSource dropped) = _open.First();
                _open.Remove(oldest);
                dropped.Dispose();
            }

            return _open[journal] = Open(journals[journal]);
        }
    }

    private static JournalSource Open(JournalRef journal)
    {
        try
        {
            return journal.Open();
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            throw new StoreException(
                $"the journal '{journal.Location}' cannot be read: {fault.Message} "
                + "Expected it where it was when the results were loaded. Load the results again, or restore the journal.", fault);
        }
    }
}
