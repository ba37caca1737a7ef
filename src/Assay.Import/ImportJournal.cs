using System.Security.Cryptography;

namespace Assay.Import;

/// <summary>
/// A journal of imported runs. Its lines are gathered in memory and become a journal all at once: an import that is killed leaves no half
/// of a run, and no file. Not thread-safe.
/// </summary>
internal sealed class ImportJournal(ImportTarget target, string name)
{
    // What a kill costs at most, and how large a journal grows before the next begins.
    private const int MostRuns = 1000;
    private const int Longest = 64 << 20;

    private readonly JsonBuffer _lines = new();
    private readonly List<(ForeignRun Run, int Attempt)> _runs = [];

    public bool IsFull => _runs.Count >= MostRuns || _lines.Length >= Longest;

    /// <summary>Begins a run, whose lines the result writes.</summary>
    public ImportedRun Begin(ForeignRun run, int attempt)
    {
        _runs.Add((run, attempt));
        return Lines(run);
    }

    /// <summary>Writes lines before the first run, under its id.</summary>
    public ImportedRun Lines(ForeignRun first) => new(_lines, first);

    /// <summary>Adds the journal to the store; from then on its runs are there, also on the disk.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Commit()
    {
        // The end of the name is random: annotations of a journal that is gone must not apply to this one.
        string file = JournalInfo.NameOf($"{name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        try
        {
            if (!target.DryRun && _lines.Length > 0)
                target.Storage.WriteJournal(JournalArea.Runs, file, stream => stream.Write(_lines.Written));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"cannot write '{target.Storage.Locate(JournalArea.Runs, file)}': {fault.Message} "
                + "What was imported before is kept; correct the cause and import again.", fault);
        }

        foreach ((ForeignRun run, int attempt) in _runs) target.Remember(run, attempt);
    }
}

/// <summary>Writes the lines of one imported run, with the times they had.</summary>
internal sealed class ImportedRun(JsonBuffer lines, ForeignRun run)
{
    private readonly LineEnvelope _envelope = new(run.Experiment);

    /// <summary>Writes a line, unless it could not be part of a journal.</summary>
    /// <param name="kind">The kind of the line.</param>
    /// <param name="value">Writes its value.</param>
    /// <param name="at">When it was written in the source.</param>
    /// <param name="elapsed">The time since the start of the run.</param>
    /// <param name="note">A note; null for none.</param>
    /// <param name="source">Fields of the source that the envelope lacks, as a JSON object; null for none.</param>
    /// <returns>Why the line was left; null when it was written.</returns>
    public string? Write(
        ReadOnlySpan<byte> kind, Action<JsonBuffer> value, DateTimeOffset at, TimeSpan elapsed, string? note = null, byte[]? source = null)
    {
        int start = lines.Length;
        _envelope.Open(lines, run.Id, kind);
        value(lines);
        LineEnvelope.Close(lines, at, elapsed, note);
        if (source is not null)
        {
            lines.Truncate(lines.Length - "}\n".Length);
            lines.Raw(",\"source\":"u8).Raw(source).Raw("}\n"u8);
        }

        string? fault = LineCheck.Fault(lines.Written[start..^1]);
        if (fault is not null) lines.Truncate(start);
        return fault;
    }
}
