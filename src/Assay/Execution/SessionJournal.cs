using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Assay;

/// <summary>Creates the journal of a session for its first line: takes the lease of its writer and writes session_start.</summary>
internal sealed class SessionJournal(StorageBackend storage, Plan plan, RunOptions options, Lazy<SessionCode> code, Notices notices)
    : IDisposable
{
    private static readonly JsonSerializerOptions SnakeCase =
        new(DataForm.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = null };

    // The first run starts before the journal is created, and must not look older than its session.
    private readonly DateTimeOffset _startedAt = options.Clock.GetUtcNow();
    private Lease? _lease;

    /// <summary>The journal's name; empty before it is created.</summary>
    public string JournalName { get; private set; } = "";

    public JournalAppender Create(UInt128 firstRun)
    {
        string writer = Name(plan, options.Clock);
        _lease = storage.TryTakeLease(writer, LeaseKind.Writer, options.Clock, out _)
            ?? throw new StoreException($"the lease '{writer}' in '{storage.Address}' is taken although its name is new; run again, and "
                + "check the clock and the file system of the store.");
        CleaningLease.AwaitEnd(storage, options.Clock, notices.Warn);
        JournalAppender file = storage.CreateJournal(JournalName = JournalInfo.NameOf(writer));
        file.Append(FirstLine(firstRun).Written);
        return file;
    }

    public void Dispose() => _lease?.Dispose();

    private JsonBuffer FirstLine(UInt128 firstRun)
    {
        var line = new JsonBuffer();
        var session = new SessionStart
        {
            Version = plan.Version,
            Description = plan.Description,
            Code = code.Value,
            Store = storage.RealAddress,
            ContextFingerprint = plan.Identity.Context,
            CodeFingerprint = plan.Identity.Code,
            CodeMode = plan.Code.Mode.ToString().ToLowerInvariant(),
            CodeValue = plan.Code.Value,
            CodeMembers = plan.Code.Members,
            Captured = plan.Code.Captured,
            Context = plan.ContextJson,
            Runs = plan.Count,
            Points = plan.PointCount,
            Replicates = plan.Seeds.Replicates,
            Seed = plan.Seeds.Base,
            MixPoint = plan.Seeds.MixPoint,
            Space = JsonSerializer.SerializeToUtf8Bytes(plan.SpaceDescription, SnakeCase),
            Parallel = options.Workers,
            Resume = options.Resume.ToString().ToLowerInvariant(),
        };
        SessionStartLine.Write(line, new LineEnvelope(plan.Name), firstRun, session, _startedAt);
        return line;
    }

    // The names sort by time and are unique.
    public static string Name(Plan plan, TimeProvider clock)
    {
        string time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string slug = new([.. plan.Name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]);
        return $"{time}-{slug}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    }
}
