using System.Security.Cryptography;

namespace Assay.Import;

/// <summary>A journal of imported runs, gathered in memory and a temporary file: a killed import leaves no half of a run.</summary>
internal sealed class ImportJournal(ImportTarget target, string name) : IDisposable
{
    // What a kill costs at most, and how large a journal grows before the next begins.
    private const int MostRuns = 1000;
    private const int Longest = 64 << 20;

    private const int MostInMemory = 4 << 20;

    private readonly JsonBuffer _lines = new();
    private readonly List<(ForeignRun Run, int Attempt)> _runs = [];
    private FileStream? _earlier;
    private long _length;

    public int InMemory => _lines.Length;

    public bool IsFull => _runs.Count >= MostRuns || _length >= Longest;

    /// <summary>Begins a run, whose lines the result writes.</summary>
    public ImportedRun Begin(ForeignRun run, int attempt)
    {
        _runs.Add((run, attempt));
        return Lines(run);
    }

    /// <summary>Writes lines before the first run, under its id.</summary>
    public ImportedRun Lines(ForeignRun first) => new(this, _lines, first);

    /// <summary>Adds the journal to the store; from then on its runs are there, also on the disk.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Commit()
    {
        // The end of the name is random: annotations of a journal that is gone must not apply to this one.
        string file = JournalInfo.NameOf($"{name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        if (!target.DryRun && _length > 0)
        {
            Write(target.Storage.Locate(JournalArea.Runs, file), () => target.Storage.WriteJournal(JournalArea.Runs, file, stream =>
            {
                if (_earlier is not null) _earlier.Position = 0;
                _earlier?.CopyTo(stream);
                stream.Write(_lines.Written);
            }));
        }

        foreach ((ForeignRun run, int attempt) in _runs) target.Remember(run, attempt);
        Dispose();
    }

    /// <summary>Notes that a line of this length was written, and moves lines to the temporary file when there are many.</summary>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public void Added(int length)
    {
        _length += length;
        if (_lines.Length < MostInMemory) return;
        if (!target.DryRun)
        {
            string folder = target.Storage.CacheFolder;
            Write(folder, () => (_earlier ??= CreateTemporary(folder)).Write(_lines.Written));
        }

        _lines.Clear();
    }

    public void Dispose() => _earlier?.Dispose();

    // Under a name that a later session removes, where the system can delete an open file only when it is closed.
    private static FileStream CreateTemporary(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Path.GetRandomFileName() + ".tmp");
        FileStream file = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 12, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return file;
    }

    private static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"cannot write '{path}': {fault.Message} "
                + "What was imported before is kept; correct the cause and import again.", fault);
        }
    }
}

/// <summary>Writes the lines of one imported run, with the times they had.</summary>
internal sealed class ImportedRun(ImportJournal journal, JsonBuffer lines, ForeignRun run)
{
    private readonly LineEnvelope _envelope = new(run.Experiment);

    /// <summary>Writes a line; where no journal could hold it, the result says why. The source holds fields the envelope lacks.</summary>
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
        else journal.Added(lines.Length - start);
        return fault;
    }
}
