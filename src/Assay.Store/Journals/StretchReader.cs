using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Assay.Journals;

/// <summary>Takes the lines of a stretch of a journal in order.</summary>
internal interface ILineTaker
{
    /// <exception cref="JsonException">The line is damaged.</exception>
    void Take(ReadOnlySpan<byte> line, long offset);

    void Damaged(JournalDamage damage);

    /// <summary>All lines that begin before this offset have been taken or passed over.</summary>
    void Passed(long offset) { }
}

/// <summary>A part of a journal, whose lines are those that begin in it.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="From">Where it begins, in bytes.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Limit">Where the journal ends for the reader, be it in the middle of a line.</param>
/// <param name="IsLineStart">
/// Whether a line begins at <paramref name="From"/>, as at the start of the file; otherwise the first whole line is looked for.
/// </param>
internal readonly record struct JournalStretch(JournalRef Journal, long From, long To, long Limit, bool IsLineStart)
{
    /// <summary>Splits a part of a journal that begins with a line into stretches that several threads can share.</summary>
    public static IEnumerable<JournalStretch> Split(JournalRef journal, long from, long to, long limit)
    {
        for (long at = from; at < to; at += StretchReader.Length)
            yield return new JournalStretch(journal, at, Math.Min(at + StretchReader.Length, to), limit, IsLineStart: at == from);
    }
}

/// <summary>Reads the lines of a stretch. Bad ones are reported and skipped; the unfinished last line of a file counts as torn.</summary>
internal static class StretchReader
{
    /// <summary>Stretches that several threads can share are so long.</summary>
    public const int Length = 8 << 20;

    private const int BlockSize = 1 << 20;
    private const int SmallestBlock = 1 << 12;

    /// <summary>Reads a whole journal on this thread.</summary>
    public static void ReadAll(JournalRef journal, ILineTaker taker)
    {
        long length = JournalScanner.LengthOf(journal, taker.Damaged);
        if (length > 0) Read(new JournalStretch(journal, 0, length, length, IsLineStart: true), taker);
    }

    /// <returns>False when the file could not be read to the end, which is reported as damage.</returns>
    public static bool Read(in JournalStretch stretch, ILineTaker taker)
    {
        try
        {
            using JournalSource source = stretch.Journal.Open();
            Read(source, stretch, taker);
            return true;
        }
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            taker.Damaged(Unreadable(stretch.Journal, stretch.From, fault));
            return false;
        }
    }

    public static JournalDamage Unreadable(JournalRef journal, long from, Exception fault) =>
        JournalDamage.In(journal, from, $"the file cannot be read from here on: {fault.Message}") with { Unreadable = fault };

    private static void Read(JournalSource source, in JournalStretch stretch, ILineTaker taker)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(stretch.Limit - stretch.From, SmallestBlock, BlockSize));
        bool synced = stretch.IsLineStart;
        long blockAt = synced ? stretch.From : stretch.From - 1;
        int held = 0;
        while (true)
        {
            if (held == block.Length)
            {
                if (held < LineChecksum.LongestLine) block = Larger(block);
                else
                {
                    taker.Damaged(JournalDamage.In(stretch.Journal, blockAt, LineChecksum.IsTooLong));
                    (synced, blockAt, held) = (false, blockAt + held, 0);
                }
            }

            int read = source.Read(block.AsSpan(held, (int)Math.Min(block.Length - held, stretch.Limit - blockAt - held)), blockAt + held);
            held += read;
            int start = 0;
            while (!synced || blockAt + start < stretch.To)
            {
                int length = block.AsSpan(start, held - start).IndexOf((byte)'\n');
                if (length < 0) break;
                if (!synced) synced = true;
                else Take(block.AsSpan(start, length), blockAt + start, torn: false, stretch, taker);
                start += length + 1;
            }

            if (!synced)
            {
                (blockAt, held) = (blockAt + held, 0);
                if (read == 0 || blockAt >= stretch.To) break;
                continue;
            }

            taker.Passed(blockAt + start);
            if (blockAt + start >= stretch.To) break;
            if (read == 0)
            {
                if (held > start) Take(block.AsSpan(start, held - start), blockAt + start, torn: true, stretch, taker);
                break;
            }

            block.AsSpan(start, held - start).CopyTo(block);
            held -= start;
            blockAt += start;
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    private static byte[] Larger(byte[] block)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(block.Length * 2);
        block.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(block);
        return larger;
    }

    private static void Take(ReadOnlySpan<byte> line, long offset, bool torn, in JournalStretch stretch, ILineTaker taker)
    {
        if (line.Trim(" \t\r"u8).IsEmpty) return;
        try
        {
            taker.Take(line, offset);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            string reason = torn ? "the last line is unfinished" : $"{fault.Message} in «{Excerpt(line)}»";
            taker.Damaged(JournalDamage.In(stretch.Journal, offset, reason, torn));
        }
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 80)]);
        return new string([.. text.Select(c => char.IsControl(c) ? '�' : c)]) + (line.Length > 80 ? "…" : "");
    }
}
