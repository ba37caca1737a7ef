namespace Assay;

/// <summary>
/// Brings starts and ends of attempts together, line by line in the order of a journal. Of several starts of one attempt the last counts, of several ends the
/// first; what does not fit any more becomes a row of its own, and <see cref="RunFolding"/> sorts it out. Not thread-safe.
/// </summary>
internal sealed class AttemptPairs
{
    private readonly Dictionary<AttemptKey, AttemptRow> _open = [];
    private long _settledBytes;

    /// <summary>Attempts that have ended, and starts that others of the same attempt have come after.</summary>
    public List<AttemptRow> Settled { get; } = [];

    /// <summary>What stands in a last line that has no line feed yet.</summary>
    public List<AttemptRow> Loose { get; } = [];

    /// <summary>Attempts that have started and not ended.</summary>
    public IReadOnlyCollection<AttemptRow> Open => _open.Values;

    /// <summary>Adds an attempt that the index keeps apart.</summary>
    public void Add(AttemptRow row)
    {
        if (row.HasEnd) Settle(row);
        else Begin(row);
    }

    /// <summary>Takes the rows of a full segment out of <see cref="Settled"/>; null when there are not so many.</summary>
    public List<AttemptRow>? TakeFull(IndexOptions options)
    {
        if (Settled.Count < options.SegmentRows && _settledBytes < options.SegmentBytes) return null;
        int count = SegmentParts.First(Settled, options);
        List<AttemptRow> full = Settled.GetRange(0, count);
        Settled.RemoveRange(0, count);
        _settledBytes -= full.Sum(r => r.Bytes);
        return full;
    }

    public void Add(ChunkReader read)
    {
        LineChunk chunk = read.Chunk;
        int start = 0, end = 0;
        while (start < chunk.Starts.Count || end < chunk.Ends.Count)
        {
            bool isStart = end == chunk.Ends.Count || (start < chunk.Starts.Count && chunk.Starts[start].Offset < chunk.Ends[end].Offset);
            AttemptRow row = isStart ? new AttemptRow(read.Journal, chunk, start++, null, -1) : new AttemptRow(read.Journal, null, -1, chunk, end++);
            if ((isStart ? row.Start : row.End).Offset >= read.Passed) Loose.Add(row);
            else if (isStart) Begin(row);
            else Settle(_open.Remove(row.Key, out AttemptRow known) ? known with { EndChunk = row.EndChunk, EndRow = row.EndRow } : row);
        }
    }

    // Kept, because results may show the moment before the other one came.
    private void Begin(AttemptRow start)
    {
        if (_open.Remove(start.Key, out AttemptRow before)) Settle(before);
        _open.Add(start.Key, start);
    }

    private void Settle(in AttemptRow row)
    {
        Settled.Add(row);
        _settledBytes += row.Bytes;
    }
}
