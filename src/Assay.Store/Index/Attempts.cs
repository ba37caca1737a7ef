using System.Text.Json;

namespace Assay;

internal readonly record struct AttemptKey(UInt128 Id, int Attempt, int Journal);

/// <summary>An attempt by the places of its run_start and run_end lines; a missing line has the offset -1 and the length 0.</summary>
internal sealed record AttemptLines(AttemptKey Key, long Start, int StartLength, long End, int EndLength)
{
    /// <summary>The lines that end before a place in the journal; null for none.</summary>
    public AttemptLines? Before(long limit)
    {
        AttemptLines cut = End + EndLength > limit ? this with { End = -1, EndLength = 0 } : this;
        if (cut.Start + cut.StartLength > limit) cut = cut with { Start = -1, StartLength = 0 };
        return cut.Start < 0 && cut.End < 0 ? null : cut;
    }
}

/// <summary>An attempt in one journal with the values of its lines: its start, its end, or both.</summary>
internal readonly record struct AttemptRow(int Journal, LineChunk? StartChunk, int StartRow, LineChunk? EndChunk, int EndRow)
{
    public bool HasStart => StartChunk is not null;

    public bool HasEnd => EndChunk is not null;

    public JournalLine Start => StartChunk!.Starts[StartRow];

    public JournalLine End => EndChunk!.Ends[EndRow];

    public UInt128 Id => HasStart ? Start.RunId : End.RunId;

    public int Attempt => HasStart ? Start.Attempt : End.Attempt;

    public long StartedAt => HasStart ? Start.Time : End.Time;

    public long Bytes => (HasStart ? (long)Start.Length : 0) + (HasEnd ? End.Length : 0);

    public AttemptKey Key => new(Id, Attempt, Journal);

    public AttemptLines Lines => new(
        Key, HasStart ? Start.Offset : -1, HasStart ? Start.Length : 0, HasEnd ? End.Offset : -1, HasEnd ? End.Length : 0);
}

/// <summary>Reads attempts again of which the index keeps only the places of their lines. Not thread-safe.</summary>
internal sealed class AttemptReader(JournalReader journals)
{
    private LineChunk _chunk = new();
    private long _read;

    /// <exception cref="StoreException">Another line is at that place.</exception>
    public AttemptRow Read(AttemptLines attempt)
    {
        // The places of a chunk's texts are numbers of 32 bits.
        if (_read > StretchReader.Length) (_chunk, _read) = (new LineChunk(), 0);
        _read += attempt.StartLength + (long)attempt.EndLength;
        bool hasStart = attempt.Start >= 0, hasEnd = attempt.End >= 0;
        if (hasStart) Read(attempt.Key, attempt.Start, attempt.StartLength, JournalKind.RunStart);
        if (hasEnd) Read(attempt.Key, attempt.End, attempt.EndLength, JournalKind.RunEnd);
        return new AttemptRow(
            attempt.Key.Journal, hasStart ? _chunk : null, hasStart ? _chunk.Starts.Count - 1 : -1,
            hasEnd ? _chunk : null, hasEnd ? _chunk.Ends.Count - 1 : -1);
    }

    private void Read(AttemptKey key, long offset, int length, JournalKind kind)
    {
        Exception? cause = null;
        try
        {
            if (_chunk.Add(journals.Read(key.Journal, offset, length), offset).Is(kind, key.Id, key.Attempt)) return;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or StoreException)
        {
            cause = fault;
        }

        throw new StoreException(
            $"the line of run {Fingerprint.Hex(key.Id)} is no longer at byte {offset} of '{journals.PathOf(key.Journal)}': "
            + "the journal was changed while it was read. Load the results again.", cause)
        { IsOfChangedFile = true };
    }
}

/// <summary>Pairs starts and ends of attempts in the order of a journal: the last of several starts, the first of several ends.</summary>
internal sealed class AttemptPairs
{
    private readonly Dictionary<AttemptKey, AttemptRow> _open = [];
    private long _settledBytes;

    /// <summary>Attempts that have ended, and starts that were followed by another start of the same attempt.</summary>
    public List<AttemptRow> Settled { get; } = [];

    /// <summary>Attempts of a last line that has no line feed yet.</summary>
    public List<AttemptRow> Torn { get; } = [];

    public IReadOnlyCollection<AttemptRow> Open => _open.Values;

    /// <summary>Adds an attempt that the index has in no segment.</summary>
    public void Add(AttemptRow row)
    {
        if (row.HasEnd) Settle(row);
        else Begin(row);
    }

    public void Add(ChunkReader read)
    {
        LineChunk chunk = read.Chunk;
        int start = 0, end = 0;
        while (start < chunk.Starts.Count || end < chunk.Ends.Count)
        {
            bool isStart = end == chunk.Ends.Count || (start < chunk.Starts.Count && chunk.Starts[start].Offset < chunk.Ends[end].Offset);
            AttemptRow row = isStart
                ? new AttemptRow(read.Journal, chunk, start++, null, -1)
                : new AttemptRow(read.Journal, null, -1, chunk, end++);
            if ((isStart ? row.Start : row.End).Offset >= read.Passed) Torn.Add(row);
            else if (isStart) Begin(row);
            else Settle(_open.Remove(row.Key, out AttemptRow known) ? known with { EndChunk = row.EndChunk, EndRow = row.EndRow } : row);
        }
    }

    /// <summary>Takes the rows of a full segment out of <see cref="Settled"/>; null when there are fewer.</summary>
    public List<AttemptRow>? TakeFull(IndexOptions options)
    {
        if (Settled.Count < options.SegmentRows && _settledBytes < options.SegmentBytes) return null;
        int count = options.RowsOfSegment(Settled, 0);
        List<AttemptRow> full = Settled.GetRange(0, count);
        Settled.RemoveRange(0, count);
        _settledBytes -= full.Sum(r => r.Bytes);
        return full;
    }

    // The earlier start is kept, because results may show the moment before the later one came.
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
