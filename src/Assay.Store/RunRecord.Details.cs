using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Assay;

/// <summary>One point of a stepped metric.</summary>
/// <param name="Step">The step it was recorded at.</param>
/// <param name="Value">Its value; may be NaN or infinite.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public readonly record struct SeriesPoint(long Step, double Value, TimeSpan Time);

/// <summary>One line of a run's log.</summary>
/// <param name="Level">
/// <c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>, <c>critical</c>, or <c>note</c> for remarks.
/// </param>
/// <param name="Message">The text.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public sealed record LogLine(string Level, string Message, TimeSpan Time);

/// <summary>A value recorded with <c>run.Track</c>.</summary>
/// <param name="Value">The value as JSON; NaN and infinities are the texts "NaN", "Infinity" and "-Infinity".</param>
/// <param name="Note">The program's remark on it; null without one.</param>
/// <param name="CreatedAt">When it was recorded, in UTC.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public sealed record TrackedValue(JsonElement Value, string? Note, DateTimeOffset CreatedAt, TimeSpan Time)
{
    /// <summary>The place of its line; null for a value that was not read from a journal.</summary>
    public LinePlace? Place { get; init; }
}

/// <summary>A value of a kind that a library defined.</summary>
/// <param name="Value">The value, an object.</param>
/// <param name="Time">When it was recorded, counted from the start of the run.</param>
public sealed record RecordedValue(JsonElement Value, TimeSpan Time);

/// <summary>The place of a line in a journal. Immutable.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Offset">The offset of its first byte.</param>
public sealed record LinePlace(JournalRef Journal, long Offset);

public sealed partial class RunRecord
{
    /// <summary>The values the run tracked, in the order they were recorded.</summary>
    public IReadOnlyList<TrackedValue> Tracked => [.. PlacedLines("track"u8).Select(placed => Tracking(placed.Line, placed.Place))];

    private static TrackedValue Tracking(JsonElement line, LinePlace place) => new(
        line.GetProperty("value"), JsonObjects.Text(line, "note"), JournalTime.Of(line) ?? default, Elapsed(line))
    { Place = place };

    /// <summary>The names of the run's stepped metrics, in order of first appearance.</summary>
    public IReadOnlyList<string> SeriesNames =>
    [
        .. Values("series"u8).Where(v => Points(v.Value).Length > 0).Select(v => LineFields.Text(v.Value, "name"))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The points of a stepped metric, by step and then in the order they were recorded.</summary>
    /// <exception cref="AssayException">The run has no such series.</exception>
    public IReadOnlyList<SeriesPoint> Series(string name)
    {
        var points = new List<SeriesPoint>();
        foreach ((JsonElement block, _) in Values("series"u8))
            if (LineFields.Text(block, "name") == name) points.AddRange(Points(block));

        return points.Count > 0 ? [.. points.OrderBy(p => p.Step)] : throw Unknown("series", name, SeriesNames);
    }

    // A block that is not whole is passed over as any damaged line; doctor reports it.
    internal static SeriesPoint[] Points(JsonElement block)
    {
        try
        {
            return
            [
                .. Elements("steps").Zip(Elements("values"), Elements("time_ms")).Select(p =>
                    new SeriesPoint(p.First.GetInt64(), JsonObjects.Real(p.Second), TimeSpan.FromMilliseconds(p.Third.GetDouble()))),
            ];
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return [];
        }

        JsonElement.ArrayEnumerator Elements(string name) => block.GetProperty(name).EnumerateArray();
    }

    /// <summary>The run's output rows as they were recorded, without labels or parameters.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows => [.. Values("row"u8).Select(v => JsonObjects.Dictionary(v.Value))];

    /// <summary>The run's log, remarks included.</summary>
    public IReadOnlyList<LogLine> Log =>
        [.. Values("log"u8).Select(v => new LogLine(LineFields.Text(v.Value, "level"), LineFields.Text(v.Value, "message"), v.Time))];

    /// <summary>
    /// The lines of a kind that a library defined, such as <c>chat</c>, as <c>RunCapture.Record</c> wrote them and in that order; those of
    /// the attempt that is shown.
    /// </summary>
    /// <param name="kind">The kind of the lines.</param>
    public IReadOnlyList<RecordedValue> Recorded(string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        return [.. Values(System.Text.Encoding.UTF8.GetBytes(kind)).Select(v => new RecordedValue(v.Value, v.Time))];
    }

    /// <summary>The run's artifacts and data, the last of each name, in order of first appearance.</summary>
    public IReadOnlyList<ArtifactInfo> Artifacts => [.. ArtifactLinesByName().Values.Select(Info)];

    /// <summary>The artifact or data of a name.</summary>
    /// <exception cref="AssayException">The run has no such artifact; the message lists those it has.</exception>
    public ArtifactInfo FindArtifact(string name) => Info(ArtifactLine(name));

    /// <summary>A structured value recorded with <c>run.Data</c> or <c>run.ArtifactJson</c>.</summary>
    /// <typeparam name="T">What to read it as: the type that was recorded, an array of any rank, or <see cref="JsonElement"/>.</typeparam>
    /// <exception cref="AssayException">The run has no such value, or it is of another form.</exception>
    [RequiresUnreferencedCode(DataForm.NeedsReflection)]
    [RequiresDynamicCode(DataForm.NeedsReflection)]
    public T? Data<T>(string name)
    {
        JsonElement line = ArtifactLine(name);
        try
        {
            if (line.TryGetProperty("data", out JsonElement inline)) return DataForm.Decode<T>(inline, Shape(line));
            using Stream content = OpenArtifact(name);
            using JsonDocument document = JsonDocument.Parse(content);
            return DataForm.Decode<T>(document.RootElement.Clone(), Shape(line));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or InvalidCastException or NotSupportedException)
        {
            throw new AssayException(
                $"'{name}' of run {Id} cannot be read as {FullTypeName.Of(typeof(T))}: {ExceptionText.Sentence(fault)} "
                    + "Read it as the type it was recorded with, or as JsonElement.", fault);
        }
    }

    /// <summary>Opens the content of an artifact; the caller disposes the stream.</summary>
    /// <exception cref="AssayException">The run has no such artifact.</exception>
    /// <exception cref="StoreException">Its content is missing from the store.</exception>
    public Stream OpenArtifact(string name)
    {
        JsonElement line = ArtifactLine(name);
        if (line.TryGetProperty("data", out JsonElement inline))
            return new MemoryStream(DataForm.Utf8(inline), writable: false);
        return OpenContent(LineFields.Text(line, "sha256"));
    }

    /// <summary>The content of an artifact as text.</summary>
    /// <inheritdoc cref="OpenArtifact"/>
    public string ArtifactText(string name)
    {
        using var reader = new StreamReader(OpenArtifact(name));
        return reader.ReadToEnd();
    }

    /// <summary>Copies an artifact to a file, or the files of a directory to a folder. Folders that are missing are created.</summary>
    /// <param name="name">The name of the artifact.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="overwrite">Whether files that exist are replaced. Default: yes.</param>
    /// <exception cref="AssayException">The run has no such artifact, or a place is taken; nothing was written.</exception>
    /// <exception cref="StoreException">Its content is missing from the store, is damaged, or leads out of the folder.</exception>
    public void SaveArtifact(string name, string path, bool overwrite = true)
    {
        var copy = new ArtifactCopy();
        copy.Add(this, FindArtifact(name), path);
        copy.Write(overwrite);
    }

    /// <summary>Opens content by its address, once it was compared with it.</summary>
    internal Stream OpenContent(string sha256) => _catalog.Storage.ReadArtifact(sha256);

    private static int[]? Shape(JsonElement line) =>
        JsonObjects.Member(line, "shape") is { ValueKind: JsonValueKind.Array } shape
            && shape.EnumerateArray().All(n => n.TryInteger(out long length) && length is >= 0 and <= int.MaxValue)
            ? [.. shape.EnumerateArray().Select(n => n.GetInt32())] : null;

    private static ArtifactInfo Info(JsonElement line) => new(
        LineFields.Text(line, "name"), LineFields.Text(line, "kind"), LineFields.Text(line, "format"), Integer(line, "size"),
        LineFields.Text(line, "sha256"))
    {
        Metadata = LineFields.Object(line, "metadata"),
    };

    private JsonElement ArtifactLine(string name)
    {
        OrderedDictionary<string, JsonElement> all = ArtifactLinesByName();
        return all.TryGetValue(name, out JsonElement line) ? line : throw Unknown("artifact or data", name, [.. all.Keys]);
    }

    private OrderedDictionary<string, JsonElement> ArtifactLinesByName()
    {
        var all = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((JsonElement value, _) in Values("artifact"u8)) all[LineFields.Text(value, "name")] = value;
        return all;
    }

    private AssayException Unknown(string what, string name, IReadOnlyCollection<string> known) =>
        new($"run {Id} has no {what} '{name}'; it has {RecordedDictionary.KnownText(name, known)} Correct the name.");

    private List<(JsonElement Value, TimeSpan Time)> Values(ReadOnlySpan<byte> kind) =>
    [
        .. PlacedLines(kind).Select(l => (Value: l.Line.GetProperty("value"), Time: Elapsed(l.Line)))
            .Where(l => l.Value.ValueKind == JsonValueKind.Object),
    ];

    /// <summary>The run's lines of one kind that have a value, in every journal that has them.</summary>
    private List<(JsonElement Line, LinePlace Place)> PlacedLines(ReadOnlySpan<byte> kind)
    {
        var lines = new List<(JsonElement, LinePlace)>();
        byte[] id = System.Text.Encoding.ASCII.GetBytes(Id);
        string wanted = System.Text.Encoding.ASCII.GetString(kind);
        // A worker process that dies leaves its lines in a journal of its own, before those of its coordinator.
        IEnumerable<AttemptLines> parts = _catalog.Attempts(_entry).Where(a => a.Start >= 0 && a.Key.Attempt == Attempt);
        foreach (AttemptLines part in parts.OrderBy(a => a.Key.Journal == _entry.Journal))
        {
            foreach ((long offset, byte[] line) in _reader.Lines(part.Key.Journal, part.Start, part.End < 0 ? null : part.End))
            {
                if (!IsSound(line, part.Key.Journal, offset) || line.AsSpan().IndexOf(id) < 0 || line.AsSpan().IndexOf(kind) < 0) continue;
                // A flipped bit may hit the place where the checksum begins, and leave a line that has none and is no JSON.
                if (LineFields.TryParse(line) is not { } root) _catalog.NoteDamage(_catalog.Journals[part.Key.Journal], offset);
                else if (root.TryGetProperty("value", out _)
                    && LineFields.Text(root, "run_id") == Id && LineFields.Text(root, "kind") == wanted)
                    lines.Add((root, new LinePlace(_catalog.Journals[part.Key.Journal], offset)));
            }
        }

        return lines;
    }

    // The id of a line is as doubtful as the rest of it, so it may be a line of this run.
    private bool IsSound(byte[] line, int journal, long offset)
    {
        if (LineChecksum.IsSound(line)) return true;
        _catalog.NoteDamage(_catalog.Journals[journal], offset);
        return false;
    }

    private static TimeSpan Elapsed(JsonElement line) => TimeSpan.FromMilliseconds(Integer(line, "elapsed_ms"));

    private static long Integer(JsonElement line, string name) =>
        JsonObjects.Member(line, name).TryInteger(out long number) ? number : 0;
}

/// <summary>A remark on a run, made after it was recorded.</summary>
/// <param name="Text">The remark.</param>
/// <param name="CreatedAt">When, in UTC.</param>
public sealed record RunNote(string Text, DateTimeOffset CreatedAt);

/// <summary>What is known of an artifact without opening it.</summary>
/// <param name="Name">The name it was recorded under; unique within a run, the last one wins.</param>
/// <param name="Kind"><c>text</c>, <c>bytes</c>, <c>json</c>, <c>file</c> or <c>directory</c>.</param>
/// <param name="Format">The usual file ending of its content without the dot, for example <c>txt</c>, <c>png</c> or <c>json</c>.</param>
/// <param name="Size">Length of the content in bytes; for a directory the sum over its files.</param>
/// <param name="Sha256">
/// SHA-256 of the content in lower-case hex; for a directory of its manifest. It is the artifact's address in the store.
/// </param>
public sealed record ArtifactInfo(string Name, string Kind, string Format, long Size, string Sha256)
{
    /// <summary>Whether it is a folder of files, whose own content is a list of them.</summary>
    public bool IsDirectory => Kind == "directory";

    /// <summary>Facts the operation gave with it; empty by default.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = new Dictionary<string, object?>();
}

/// <summary>What the seeds of a run were derived from, as its journal records it. Immutable.</summary>
/// <param name="Base">The base seed of the experiment.</param>
/// <param name="Replicate">The replicate, from 0.</param>
/// <param name="Point">The fingerprint of the run's point, where it is mixed into the seed; otherwise null.</param>
public sealed record RecordedSeed(long Base, int Replicate, string? Point);
