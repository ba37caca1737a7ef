using System.Globalization;
using System.Security.Cryptography;

namespace Assay;

/// <summary>Makes the journal of a session when its first line is due: takes the writer's lease, creates the journal, writes session_start.</summary>
internal sealed class SessionJournal(StorageBackend storage, Plan plan, RunOptions options, Lazy<CodeRecord> code, Notices notices) : IDisposable
{
    // The file is made with the first line of a run, which must not look older than its session.
    private readonly DateTimeOffset _startedAt = options.Clock.GetUtcNow();
    private Lease? _lease;

    /// <summary>The journal's name; empty before it is created.</summary>
    public string JournalName { get; private set; } = "";

    /// <param name="firstRun">One of the runs whose lines come first.</param>
    public JournalAppender Create(UInt128 firstRun)
    {
        string writer = Name(plan, options.Clock);
        try
        {
            _lease = storage.TryTakeLease(writer, LeaseKind.Writer, options.Clock, out _)
                ?? throw new StoreException($"the lease '{writer}' in '{storage.Address}' is taken although its name is new; run again, and check the clock and the file system of the store.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(storage.Address, fault);
        }

        CleaningLock.AwaitEnd(storage, options.Clock, notices.Warn);
        JournalAppender file = storage.CreateJournal(JournalName = JournalInfo.NameOf(writer));
        file.Append(SessionLine.Write(storage, plan, firstRun, options, code.Value, _startedAt).Written);
        return file;
    }

    public void Dispose() => _lease?.Dispose();

    // Time first, so that names sort by time; then something to recognise; then enough chance to be unique.
    public static string Name(Plan plan, TimeProvider clock)
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string slug = new([.. plan.Name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        return $"{time}-{slug}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    }
}
