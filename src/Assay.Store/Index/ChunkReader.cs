namespace Assay;

/// <summary>Reads one stretch of a journal into columns. Not thread-safe; each stretch is read by one thread.</summary>
internal sealed class ChunkReader : ILineTaker
{
    private static readonly int Ahead = Environment.ProcessorCount + 2;

    private readonly List<JournalDamage> _damage = [];

    private ChunkReader(int journal, in JournalStretch stretch)
    {
        (Journal, Passed) = (journal, stretch.From);
        IsPartial = !StretchReader.Read(stretch, this);
    }

    public int Journal { get; }

    public LineChunk Chunk { get; } = new();

    public IReadOnlyList<JournalDamage> Damage => _damage;

    /// <summary>Whether reading failed, so that lines may be missing.</summary>
    public bool IsPartial { get; }

    /// <summary>Where the last whole line that began in the stretch ends.</summary>
    public long Passed { get; private set; }

    /// <summary>
    /// Reads gains of journals with all processors, and returns the stretches in order, a few read ahead of the one returned.
    /// </summary>
    public static IEnumerable<ChunkReader> Read(IReadOnlyList<JournalGain> gains)
    {
        IEnumerable<(int Journal, JournalStretch Stretch)> stretches =
            gains.SelectMany(g => JournalStretch.Split(g.Journal, g.From, g.To, limit: g.To).Select(s => (g.Number, s)));
        // A little is read at once by the caller, however busy other threads are.
        if (gains.Sum(g => g.To - g.From) < StretchReader.Length) return stretches.Select(s => new ChunkReader(s.Journal, s.Stretch));
        return ReadAhead(stretches);
    }

    private static IEnumerable<ChunkReader> ReadAhead(IEnumerable<(int Journal, JournalStretch Stretch)> stretches)
    {
        var reading = new Queue<Task<ChunkReader>>();
        try
        {
            foreach ((int journal, JournalStretch stretch) in stretches)
            {
                reading.Enqueue(Task.Run(() => new ChunkReader(journal, stretch)));
                if (reading.Count > Ahead) yield return reading.Dequeue().GetAwaiter().GetResult();
            }

            while (reading.Count > 0) yield return reading.Dequeue().GetAwaiter().GetResult();
        }
        finally
        {
            // A caller that stops early must not leave tasks behind that read on.
            Task.WaitAll([.. reading]);
        }
    }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset) => Chunk.Add(line, offset);

    void ILineTaker.Damaged(JournalDamage damage) => _damage.Add(damage);

    void ILineTaker.Passed(long offset) => Passed = Math.Max(Passed, offset);
}
