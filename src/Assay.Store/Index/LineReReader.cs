using System.Text.Json;

namespace Assay;

/// <summary>Reads single lines again, of which the index keeps only the places. Not thread-safe.</summary>
internal sealed class LineReReader(JournalReader journals)
{
    private LineChunk _chunk = new();
    private long _read;

    /// <exception cref="IndexDamagedException">Another line stands there.</exception>
    public AttemptRow Row(in ApartRow row)
    {
        // Texts of a chunk are counted in 32 bits.
        if (_read > StretchReader.Length) (_chunk, _read) = (new LineChunk(), 0);
        _read += row.StartLength + (long)row.EndLength;
        bool hasStart = row.Start >= 0, hasEnd = row.End >= 0;
        if (hasStart) Read(row.Key, row.Start, row.StartLength, JournalKind.RunStart);
        if (hasEnd) Read(row.Key, row.End, row.EndLength, JournalKind.RunEnd);
        return new AttemptRow(row.Key.Journal, hasStart ? _chunk : null, hasStart ? _chunk.Starts.Count - 1 : -1, hasEnd ? _chunk : null, hasEnd ? _chunk.Ends.Count - 1 : -1);
    }

    private void Read(AttemptKey key, long offset, int length, JournalKind kind)
    {
        try
        {
            JournalLine line = _chunk.Add(journals.Read(key.Journal, offset, length), offset);
            if (line.Is(kind, key.Id, key.Attempt)) return;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or StoreException)
        {
            throw new IndexDamagedException("a line is not where it was", fault);
        }

        throw new IndexDamagedException("another line stands where one was");
    }
}
