namespace Assay;

/// <summary>Reads gains of journals with all processors and hands over what was read in order, a few stretches at most ahead of who takes it.</summary>
internal static class GainReader
{
    private static readonly int Ahead = Environment.ProcessorCount + 2;

    public static IEnumerable<ChunkReader> Read(IEnumerable<JournalGain> gains)
    {
        var reading = new Queue<Task<ChunkReader>>();
        try
        {
            foreach (JournalGain gain in gains)
            {
                foreach (JournalStretch stretch in gain.Stretches())
                {
                    uint checksum = stretch.From == gain.From ? gain.Checksum : 0;
                    reading.Enqueue(Task.Run(() => ChunkReader.Read(gain.Number, stretch, checksum)));
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
}
