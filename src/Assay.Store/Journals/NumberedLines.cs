namespace Assay.Journals;

/// <summary>Takes the lines of a journal one by one; the bytes are valid during the call only.</summary>
/// <param name="line">The line without its line feed.</param>
/// <param name="number">Its number, from 1.</param>
/// <param name="offset">Where it starts, in bytes.</param>
/// <param name="whole">Whether a line feed ends it.</param>
internal delegate void LineTaker(ReadOnlySpan<byte> line, long number, long offset, bool whole);

/// <summary>Reads a journal front to back, with numbers of lines, in memory of the longest line's size.</summary>
internal static class NumberedLines
{
    private const int BlockSize = 1 << 18;

    /// <returns>The number of bytes read.</returns>
    public static long Read(JournalRef journal, LineTaker take)
    {
        using JournalSource source = journal.Open();
        byte[] block = new byte[BlockSize];
        long number = 0, offset = 0;
        int held = 0, searched = 0;
        while (true)
        {
            if (held == block.Length) Array.Resize(ref block, checked(block.Length * 2));
            int read = source.Read(block.AsSpan(held), offset + held);
            if (read == 0) break;
            held += read;
            int start = 0;
            for (int length; (length = block.AsSpan(start + searched, held - start - searched).IndexOf((byte)'\n')) >= 0;)
            {
                length += searched;
                searched = 0;
                take(block.AsSpan(start, length), ++number, offset, whole: true);
                start += length + 1;
                offset += length + 1;
            }

            block.AsSpan(start, held - start).CopyTo(block);
            held -= start;
            searched = held;
        }

        if (held > 0) take(block.AsSpan(0, held), number + 1, offset, whole: false);
        return offset + held;
    }
}
