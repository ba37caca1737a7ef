using System.Text.Json;

namespace Assay.Journals;

/// <summary>A journal of a store.</summary>
/// <param name="Storage">Where the store keeps its bytes.</param>
/// <param name="Area">The set of journals it belongs to.</param>
/// <param name="Name">Its name there.</param>
public readonly record struct JournalRef(StorageBackend Storage, JournalArea Area, string Name)
{
    /// <summary>Its location, for messages.</summary>
    public string Location => Storage.Locate(Area, Name);

    /// <summary>Opens it for reading.</summary>
    public JournalSource Open() => Storage.OpenJournal(Area, Name);

    /// <summary>The journals of an area in ordinal order of their names.</summary>
    public static IReadOnlyList<JournalRef> All(StorageBackend storage, JournalArea area) =>
        [.. storage.ListJournals(area).Select(j => new JournalRef(storage, area, j.Name))];
}

/// <summary>The first line of a journal, which names the experiment whose runs it holds.</summary>
/// <param name="Experiment">The experiment's name; null when the line cannot be read.</param>
/// <param name="Version">Its version, where the line has one.</param>
/// <param name="Code">The fingerprint of the code, where the line has one.</param>
/// <param name="Context">The fingerprint of the context, where the line has one.</param>
public sealed record JournalHead(string? Experiment, string? Version, string? Code, string? Context)
{
    private static readonly JournalHead Unknown = new(null, null, null, null);

    /// <summary>When the session began, in UTC, where the line has it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the session only reused finished runs of its code, so that the journal holds none.</summary>
    public bool ReusesRuns { get; init; }

    /// <summary>Whether the runs are of one experiment and version, made by one code with one context.</summary>
    public bool HasSameOrigin(JournalHead other) =>
        (Experiment, Version, Code, Context) == (other.Experiment, other.Version, other.Code, other.Context);

    /// <summary>
    /// The session that ran last, and so has the newest code and context: the latest that made runs which are still there, or that reused
    /// such runs of its code. The one rule for what is newest.
    /// </summary>
    /// <param name="sessions">Sessions of one experiment and version, and whether runs that each has made are still there.</param>
    /// <returns>Null when no session has runs.</returns>
    public static JournalHead? Newest(IReadOnlyCollection<(JournalHead Head, bool HasRuns)> sessions)
    {
        HashSet<(string?, string?)> made = [.. sessions.Where(s => s.HasRuns).Select(s => (s.Head.Code, s.Head.Context))];
        // By the time in the journal: that in its name is of the second only, and names may be changed.
        return sessions.Where(s => s.HasRuns || (s.Head.ReusesRuns && made.Contains((s.Head.Code, s.Head.Context))))
            .Select(s => s.Head).MaxBy(h => h.CreatedAt);
    }

    /// <summary>The head of a journal. Never throws: of a journal that cannot be read nothing is known.</summary>
    public static JournalHead Read(JournalRef journal)
    {
        try
        {
            using JournalSource source = journal.Open();
            using JsonDocument document = JsonDocument.Parse(FirstLine(source));
            JsonElement root = document.RootElement;
            JsonElement value = root.GetProperty("value");
            string? name = JsonObjects.Text(root, "experiment_name");
            if (value.ValueKind != JsonValueKind.Object) return Unknown with { Experiment = name };
            string? version = JsonObjects.Text(value, "version");
            JsonElement prints = JsonObjects.Member(value, "fingerprints");
            return new JournalHead(name, version, JsonObjects.Text(prints, "code"), JsonObjects.Text(prints, "context"))
            {
                CreatedAt = JournalTime.Of(root) ?? default,
                ReusesRuns = JsonObjects.Member(value, "reuses_runs").ValueKind == JsonValueKind.True,
            };
        }
        // The scan that follows reports what cannot be opened; here it only means that it is unknown whose runs the journal holds.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            return Unknown;
        }
    }

    /// <summary>The first line of a journal, without its line feed; all of it where it has none.</summary>
    /// <exception cref="JsonException">It is too long, or not as it was written.</exception>
    public static byte[] FirstLine(JournalSource source)
    {
        byte[] block = new byte[1 << 14];
        for (int held = 0, read; ; held += read)
        {
            if (held > LineChecksum.LongestLine) throw new JsonException(LineChecksum.IsTooLong);
            if (held == block.Length) Array.Resize(ref block, block.Length * 2);
            read = source.Read(block.AsSpan(held), held);
            int end = block.AsSpan(held, read).IndexOf((byte)'\n');
            if (end < 0 && read > 0) continue;
            byte[] line = block[..(held + Math.Max(end, 0))];
            LineChecksum.Require(line);
            return line;
        }
    }
}
