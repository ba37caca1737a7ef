namespace Assay;

/// <summary>Reads gains of journals with all processors and hands over what was read in order, a few stretches at most ahead of who takes it.</summary>
internal static class GainReader
{
    private static readonly int Ahead = Environment.ProcessorCount + 2;

    public static IEnumerable<ChunkReader> Read(IReadOnlyList<JournalGain> gains)
    {
        // A little is read at once by whoever asks, however busy other threads are.
        if (gains.Sum(g => g.To - g.From) < StretchReader.Length) return gains.SelectMany(g => g.Stretches().Select(s => Read(g, s)));
        return ReadAhead(gains);
    }

    private static IEnumerable<ChunkReader> ReadAhead(IReadOnlyList<JournalGain> gains)
    {
        var reading = new Queue<Task<ChunkReader>>();
        try
        {
            foreach (JournalGain gain in gains)
            {
                foreach (JournalStretch stretch in gain.Stretches())
                {
                    reading.Enqueue(Task.Run(() => Read(gain, stretch)));
                    if (reading.Count > Ahead) yield return reading.Dequeue().GetAwaiter().GetResult();
                }
            }

            while (reading.Count > 0) yield return reading.Dequeue().GetAwaiter().GetResult();
        }
        finally
        {
            // Whoever stops early must not leave tasks behind that read on.
            Task.WaitAll([.. reading]);
        }
    }

    private static ChunkReader Read(in JournalGain gain, in JournalStretch stretch) => ChunkReader.Read(gain.Number, stretch);
}
