using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Makes the journal of a session when its first line is due: takes the writer's lock, creates the file, writes session_start.</summary>
internal sealed class SessionJournal(StoreLayout layout, Plan plan, RunOptions options, Lazy<CodeRecord> code, Notices notices) : IDisposable
{
    // The file is made with the first line of a run, which must not look older than its session.
    private readonly DateTimeOffset _startedAt = options.Clock.GetUtcNow();
    private StoreLock? _lock;

    /// <param name="firstRun">One of the runs whose lines come first.</param>
    public JournalFile Create(UInt128 firstRun)
    {
        string writer = Name(plan, options.Clock);
        try
        {
            _lock = StoreLock.TryTake(layout.WriterLock(writer), options.Clock, removeOnRelease: true, out _)
                ?? throw new StoreException($"the writer's lock '{layout.WriterLock(writer)}' is taken although its name is new; run again, and check the clock and the file system of the store.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(layout.Locks, fault);
        }

        CleaningLock.AwaitEnd(layout, options.Clock, notices.Warn);
        JournalFile file = JournalFile.Create(layout.Journal(writer));
        file.Append(SessionLine.Write(layout, plan, firstRun, options, code.Value, _startedAt).Written);
        return file;
    }

    public void Dispose() => _lock?.Dispose();

    // Time first, so that names sort by time; then something to recognise; then enough chance to be unique.
    public static string Name(Plan plan, TimeProvider clock)
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string slug = new([.. plan.Name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        return $"{time}-{slug}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    }
}
