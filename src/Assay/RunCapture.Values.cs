using System.Text;
using Microsoft.Extensions.Logging;

namespace Assay;

public abstract partial class RunCapture
{
    // Readers keep several whole lines in memory at once.
    private const int MaxLineLength = 64 << 20;
    private const int MaxNameLength = 4096;

    private static readonly HashSet<string> OwnKinds =
        ["session", "start", "track", "series", "row", "artifact", "log", "end", "derived", "annotation", "answer"];

    private List<string>? _tags;

    /// <summary>Adds an output row, of any number. Its columns follow the labels of variables and override those of equal name.</summary>
    /// <param name="columns">An anonymous object, a record or a dictionary.</param>
    /// <exception cref="CaptureException">A value cannot be stored (the message gives its path), or there are no columns.</exception>
    public void Row(object columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        JsonBuffer row = Plain(columns, "the row");
        if (row.Written[0] != (byte)'{')
            throw new CaptureException($"the row is a {FullTypeName.Of(columns.GetType())}; expected named columns: an anonymous object, a "
                + "record or a dictionary.");
        if (row.Length == 2) throw new CaptureException("the row has no columns; expected at least one. Omit the call if there is nothing "
            + "to record.");
        WriteLine("row"u8, line => line.Raw(row.Written));
    }

    /// <summary>Records a structured value: a matrix, a distribution, a configuration. Arrays keep their type and shape.</summary>
    /// <param name="name">Unique within the run; the last value of a name counts.</param>
    /// <param name="value">Numbers, text, arrays of any rank, lists, dictionaries, records.</param>
    /// <exception cref="CaptureException">The value cannot be serialised; the message gives the path of the fault.</exception>
    public void Data(string name, object? value)
    {
        CheckName(name, "a data");
        (byte[] json, string? dtype, int[]? shape) = DataEncoding.Encode(name, value);
        // Small values are part of the journal line: a file for every run's small matrix would be millions of files.
        StoredArtifact? blob = json.Length > ArtifactLine.InlineLimit ? _target.PutArtifact(a => a.PutArtifact(json)) : null;
        WriteLine("artifact"u8, line => ArtifactLine.WriteData(line, name, json, dtype, shape, blob?.Sha256));
    }

    /// <summary>Adds a line to the run's log.</summary>
    public void Log(string message, LogLevel level = LogLevel.Information)
    {
        ArgumentNullException.ThrowIfNull(message);
        WriteLine("log"u8, line => LogEntryLine.Write(line, RunLogger.LevelName(level), message));
    }

    /// <summary>Adds a remark for later readers of the run.</summary>
    public void Note(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        WriteLine("log"u8, line => LogEntryLine.Write(line, "note"u8, text));
    }

    /// <summary>
    /// Adds a line of a kind that a library defines, such as the conversations of Assay.Chat. <see cref="RunRecord.Recorded"/> reads them;
    /// whoever does not know the kind passes them over.
    /// </summary>
    /// <param name="kind">A word of lower-case letters that is no kind of the store's own.</param>
    /// <param name="json">The value: one JSON object without line feeds.</param>
    /// <exception cref="CaptureException">The kind is the store's own or no such word.</exception>
    public void Record(string kind, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (kind.Length == 0 || !kind.All(char.IsAsciiLetterLower) || OwnKinds.Contains(kind))
            throw new CaptureException($"'{kind}' is no kind for lines of a library; expected lower-case letters, and none of "
                + $"{string.Join(", ", OwnKinds)}.");
        if (json.IsEmpty || json[0] != (byte)'{' || json.Contains((byte)'\n'))
            throw new CaptureException($"a value of the kind '{kind}' is no JSON object on one line; expected one.");
        Span<byte> name = stackalloc byte[kind.Length];
        Encoding.ASCII.GetBytes(kind, name);
        lock (Gate)
        {
            ThrowIfEnded();
            OpenLine(name);
            _line.Raw(json);
            CloseLine(name, note: null);
        }
    }

    /// <summary>Adds a tag, which filters can select. Adding a tag twice has no further effect.</summary>
    public void Tag(string tag)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            CheckName(tag, "a tag");
            _tags ??= [];
            if (!_tags.Contains(tag, StringComparer.Ordinal)) _tags.Add(tag);
        }
    }

    // This calls the user's getters, so it is called outside the lock: a getter that blocks or records must not delay the run's end.
    private protected static JsonBuffer Plain(object? value, string what)
    {
        try
        {
            return CanonicalWriter.Plain(value);
        }
        catch (CanonicalFormException fault)
        {
            throw new CaptureException($"{what} cannot be stored: {fault.Message}", fault);
        }
    }

    private protected void WriteLine(ReadOnlySpan<byte> kind, Action<JsonBuffer> value, string? note = null)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            AppendLine(kind, value, note);
        }
    }

    private void AppendLine(ReadOnlySpan<byte> kind, Action<JsonBuffer> value, string? note = null)
    {
        OpenLine(kind);
        value(_line);
        CloseLine(kind, note);
    }

    private void OpenLine(ReadOnlySpan<byte> kind)
    {
        _line.Clear();
        _target.Lines.Open(_line, RunId, kind);
    }

    private void CloseLine(ReadOnlySpan<byte> kind, string? note)
    {
        LineEnvelope.Close(_line, _target.Clock.GetUtcNow(), Elapsed, note);
        if (_line.Length > MaxLineLength)
            throw new CaptureException($"a line of kind '{Encoding.UTF8.GetString(kind)}' would have {_line.Length:N0} bytes; "
                + $"expected at most {MaxLineLength:N0}. Save large values with run.Artifact or run.Data.");
        _target.Journal.Append(_line.Written);
    }

    private static void CheckName(string name, string what)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new CaptureException($"{what} has the name '{name}'; expected a name that is not "
            + "blank.");
        if (name.Length > MaxNameLength)
            throw new CaptureException($"{what} has a name of {name.Length:N0} characters, which begins with '{name[..50]}'; "
                + $"expected at most {MaxNameLength}.");
    }

    /// <summary>Saves a text as an artifact.</summary>
    /// <param name="name">Unique within the run; the last artifact of a name counts.</param>
    /// <param name="text">The content.</param>
    /// <param name="format">The usual file name extension of such content.</param>
    /// <param name="metadata">Properties of the artifact: an anonymous object or a dictionary. Default: none.</param>
    public ArtifactInfo Artifact(string name, string text, string format = "txt", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Keep(name, "text", format, _target.PutArtifact(a => a.PutArtifact(Encoding.UTF8.GetBytes(text))), metadata);
    }

    /// <summary>Saves bytes as an artifact.</summary>
    /// <inheritdoc cref="Artifact(string, string, string, object?)"/>
    public ArtifactInfo Artifact(string name, byte[] content, string format = "bin", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Keep(name, "bytes", format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Saves a stream from its position to its end, without loading it into memory. The stream stays open.</summary>
    /// <inheritdoc cref="Artifact(string, string, string, object?)"/>
    public ArtifactInfo Artifact(string name, Stream content, string format = "bin", object? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Keep(name, "bytes", format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Saves a value as JSON.</summary>
    /// <exception cref="CaptureException">The value cannot be serialised; the message gives the path of the fault.</exception>
    public ArtifactInfo ArtifactJson(string name, object? value, object? metadata = null) =>
        Keep(name, "json", "json", _target.PutArtifact(a => a.PutArtifact(DataEncoding.Encode(name, value).Json)), metadata);

    /// <summary>Saves a copy of a file.</summary>
    /// <exception cref="CaptureException">The file does not exist.</exception>
    public ArtifactInfo ArtifactFile(string name, string path, object? metadata = null)
    {
        if (!File.Exists(path))
            throw new CaptureException($"artifact '{name}': the file '{path}' does not exist (looked for {Path.GetFullPath(path)}). "
                + "Expected a file; write it before keeping it.");
        using FileStream content = File.OpenRead(path);
        string format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return Keep(name, "file", format.Length == 0 ? "bin" : format, _target.PutArtifact(a => a.PutArtifact(content)), metadata);
    }

    /// <summary>Saves a copy of every file in a folder and its sub-folders. Equal files are stored once.</summary>
    /// <exception cref="CaptureException">The folder does not exist or cannot be read.</exception>
    public ArtifactInfo ArtifactDirectory(string name, string path, object? metadata = null)
    {
        if (!Directory.Exists(path))
            throw new CaptureException($"artifact '{name}': the folder '{path}' does not exist (looked for {Path.GetFullPath(path)}). "
                + "Expected a folder; create it before keeping it.");
        try
        {
            return Keep(name, "directory", "json", _target.PutArtifact(a =>
            {
                var directory = new DirectoryRef(path);
                (byte[] manifest, long size) = DirectoryManifest.Make(a, directory.Files().Select(f => (directory.RelativeTo(f), f)));
                return a.PutArtifact(manifest) with { Size = size };
            }), metadata);
        }
        catch (CanonicalFormException fault)
        {
            throw new CaptureException($"artifact '{name}': {fault.Message}", fault);
        }
    }

    private ArtifactInfo Keep(string name, string kind, string format, StoredArtifact blob, object? metadata)
    {
        CheckName(name, "an artifact");
        var info = new ArtifactInfo(name, kind, format, blob.Size, blob.Sha256) { Metadata = NamedValues.Read(metadata).ToDictionary() };
        JsonBuffer? facts = metadata is null ? null : Plain(metadata, $"the metadata of artifact '{name}'");
        WriteLine("artifact"u8, line => ArtifactLine.Write(line, info, facts));
        return info;
    }
}
