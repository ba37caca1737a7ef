using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>Takes what a scan finds. Calls come from several threads, each with lines of one stretch of a file in order.</summary>
internal interface IJournalVisitor
{
    void Lines(string journal, ReadOnlySpan<JournalLine> lines);

    void Damaged(JournalDamage damage);
}

/// <summary>
/// Reads whole journals once, front to back, in stretches that several threads share. A line that cannot be read never stops a scan:
/// it is skipped and reported; only the unfinished last line of a file is expected and counts as torn.
/// </summary>
internal static class JournalScanner
{
    private const int Stretch = 8 << 20;
    private const int BlockSize = 1 << 20;
    private const int Batch = 1024;

    public static void Scan(IReadOnlyList<string> journals, IJournalVisitor visitor)
    {
        var stretches = new List<(string File, long From, long To)>();
        foreach (string file in journals)
        {
            long length = LengthOf(file, visitor);
            for (long at = 0; at < length; at += Stretch) stretches.Add((file, at, Math.Min(at + Stretch, length)));
        }

        if (stretches.Count <= 1)
        {
            foreach ((string file, long from, long to) in stretches) ScanStretch(file, from, to, visitor);
            return;
        }

        try
        {
            Parallel.ForEach(stretches, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                stretch => ScanStretch(stretch.File, stretch.From, stretch.To, visitor));
        }
        catch (AggregateException faults)
        {
            // The same fault as from a single stretch: callers need not know how many there were.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    // Opened, because a file without permission and a link have lengths of their own. What is empty is not opened: it may be a pipe, which would wait for a writer.
    private static long LengthOf(string file, IJournalVisitor visitor)
    {
        try
        {
            if (new FileInfo(file).Length == 0) return 0;
            using FileStream stream = Open(file);
            return stream.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            visitor.Damaged(Unreadable(file, 0, fault));
            return 0;
        }
    }

    private static void ScanStretch(string file, long from, long to, IJournalVisitor visitor)
    {
        var lines = new List<JournalLine>(Batch);
        try
        {
            using FileStream stream = Open(file);
            ReadStretch(stream, file, from, to, lines, visitor);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            visitor.Damaged(Unreadable(file, from, fault));
        }

        visitor.Lines(file, CollectionsMarshal.AsSpan(lines));
    }

    private static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static JournalDamage Unreadable(string file, long from, Exception fault) =>
        new(file, from, $"the file cannot be read from here on: {fault.Message}", Torn: false);

    /// <summary>Reads the lines that start in [from, to).</summary>
    private static void ReadStretch(FileStream stream, string file, long from, long to, List<JournalLine> lines, IJournalVisitor visitor)
    {
        byte[] block = new byte[BlockSize];
        long blockAt = from == 0 ? 0 : from - 1;
        stream.Position = blockAt;
        bool synced = from == 0;
        int held = 0;
        while (true)
        {
            if (held == block.Length) Array.Resize(ref block, block.Length * 2);
            int read = stream.Read(block, held, block.Length - held);
            held += read;
            int start = 0;
            while (true)
            {
                if (blockAt + start >= to && synced) break;
                int length = block.AsSpan(start, held - start).IndexOf((byte)'\n');
                if (length < 0) break;
                if (!synced) synced = true;
                else Take(file, block.AsSpan(start, length), blockAt + start, torn: false, lines, visitor);
                start += length + 1;
            }

            if (synced && blockAt + start >= to) break;
            if (read == 0)
            {
                if (synced && held > start) Take(file, block.AsSpan(start, held - start), blockAt + start, torn: true, lines, visitor);
                break;
            }

            block.AsSpan(start, held - start).CopyTo(block);
            held -= start;
            blockAt += start;
        }
    }

    private static void Take(string file, ReadOnlySpan<byte> line, long offset, bool torn, List<JournalLine> lines, IJournalVisitor visitor)
    {
        if (line.Trim(" \t\r"u8).IsEmpty) return;
        try
        {
            lines.Add(JournalParser.Parse(line, offset));
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            visitor.Damaged(new JournalDamage(file, offset, torn ? "the last line is unfinished" : $"{fault.Message} in «{Excerpt(line)}»", torn));
            return;
        }

        if (lines.Count < Batch) return;
        visitor.Lines(file, CollectionsMarshal.AsSpan(lines));
        lines.Clear();
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 80)]);
        return new string([.. text.Select(c => char.IsControl(c) ? '�' : c)]) + (line.Length > 80 ? "…" : "");
    }
}
