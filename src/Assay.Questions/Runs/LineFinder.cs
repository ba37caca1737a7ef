namespace Assay.Questions;

/// <summary>
/// Numbers lines of journals, so that an answer can cite file and line. Each file is read once, up to the last line asked for.
/// </summary>
internal static class LineFinder
{
    private const int BlockSize = 1 << 16;

    /// <summary>The number of each line, from 1.</summary>
    public static IReadOnlyDictionary<LinePlace, long> Number(IEnumerable<LinePlace?> places)
    {
        var numbers = new Dictionary<LinePlace, long>();
        foreach (IGrouping<JournalRef, LinePlace> file in places.OfType<LinePlace>().Distinct().GroupBy(p => p.Journal))
        {
            using JournalSource source = file.Key.Open();
            byte[] block = new byte[BlockSize];
            long at = 0, line = 1;
            foreach (LinePlace place in file.OrderBy(p => p.Offset))
            {
                while (at < place.Offset)
                {
                    int read = source.Read(block.AsSpan(0, (int)Math.Min(block.Length, place.Offset - at)), at);
                    if (read == 0)
                    {
                        throw new StoreException($"the journal '{file.Key.Location}' ends at byte {at}, before a line that was just "
                            + "read from it: it was cut off meanwhile. Ask again.");
                    }

                    line += block.AsSpan(0, read).Count((byte)'\n');
                    at += read;
                }

                numbers[place] = line;
            }
        }

        return numbers;
    }
}
