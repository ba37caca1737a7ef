using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Assay.Journals;

/// <summary>Takes what a scan finds. Calls come from several threads, each with lines of one stretch of a file in order.</summary>
public interface IJournalVisitor
{
    /// <summary>Takes lines of one stretch of a journal, in order.</summary>
    void Lines(JournalRef journal, ReadOnlySpan<JournalLine> lines);

    /// <summary>Takes a line that cannot be read, or a journal.</summary>
    void Damaged(JournalDamage damage);
}

/// <summary>Reads whole journals once, on several threads. A bad line is skipped and reported; an unfinished last one is torn.</summary>
public static class JournalScanner
{
    private const int Batch = 1024;

    /// <summary>Reads journals and returns when every line was handed over; an exception of the visitor ends that and is thrown.</summary>
    public static void Scan(IReadOnlyList<JournalRef> journals, IJournalVisitor visitor)
    {
        var stretches = new List<JournalStretch>();
        foreach (JournalRef journal in journals)
        {
            // A line that is appended meanwhile to the last one is whole by then.
            stretches.AddRange(JournalStretch.Split(journal, 0, LengthOf(journal, visitor.Damaged), limit: long.MaxValue));
        }

        if (stretches.Count <= 1)
        {
            foreach (JournalStretch stretch in stretches) ScanStretch(stretch, visitor);
            return;
        }

        try
        {
            var processors = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.ForEach(stretches, processors, stretch => ScanStretch(stretch, visitor));
        }
        catch (AggregateException faults)
        {
            // The same fault as from a single stretch: callers need not know how many there were.
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }

    /// <summary>The length of a journal; 0 and damage when it cannot be read.</summary>
    internal static long LengthOf(JournalRef journal, Action<JournalDamage> damaged)
    {
        try
        {
            using JournalSource source = journal.Open();
            return source.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            damaged(StretchReader.Unreadable(journal, 0, fault));
            return 0;
        }
    }

    private static void ScanStretch(in JournalStretch stretch, IJournalVisitor visitor)
    {
        var lines = new Lines(stretch.Journal, visitor);
        StretchReader.Read(stretch, lines);
        lines.HandOver();
    }

    private sealed class Lines(JournalRef journal, IJournalVisitor visitor) : ILineTaker
    {
        private readonly List<JournalLine> _lines = new(Batch);

        public void Take(ReadOnlySpan<byte> line, long offset)
        {
            _lines.Add(JournalParser.Parse(line, offset));
            if (_lines.Count == Batch) HandOver();
        }

        public void Damaged(JournalDamage damage) => visitor.Damaged(damage);

        public void HandOver()
        {
            visitor.Lines(journal, CollectionsMarshal.AsSpan(_lines));
            _lines.Clear();
        }
    }
}
