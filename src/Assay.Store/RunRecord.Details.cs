using System.Text.Json;

namespace Assay;

/// <summary>One point of a stepped metric.</summary>
/// <param name="Step">The step it was recorded at.</param>
/// <param name="Value">Its value; may be NaN or infinite.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public readonly record struct SeriesPoint(long Step, double Value, TimeSpan Time);

/// <summary>One line of a run's log.</summary>
/// <param name="Level"><c>trace</c>, <c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c>, <c>critical</c>, or <c>note</c> for remarks.</param>
/// <param name="Message">The text.</param>
/// <param name="Time">When, counted from the start of the run.</param>
public sealed record LogLine(string Level, string Message, TimeSpan Time);

public sealed partial class RunRecord
{
    /// <summary>The names of the run's stepped metrics, in order of first appearance.</summary>
    public IReadOnlyList<string> SeriesNames => [.. Values("series"u8).Where(v => Points(v.Value).Length > 0).Select(v => LineFields.Text(v.Value, "name")).Distinct(StringComparer.Ordinal)];

    /// <summary>The points of a stepped metric, by step and then in the order they were recorded.</summary>
    /// <exception cref="AssayException">The run has no such series.</exception>
    public IReadOnlyList<SeriesPoint> Series(string name)
    {
        var points = new List<SeriesPoint>();
        foreach ((JsonElement block, _) in Values("series"u8))
        {
            if (LineFields.Text(block, "name") == name) points.AddRange(Points(block));
        }

        return points.Count > 0 ? [.. points.OrderBy(p => p.Step)] : throw Unknown("series", name, SeriesNames);
    }

    // A block that is not whole is passed over as any damaged line; doctor reports it.
    private static SeriesPoint[] Points(JsonElement block)
    {
        try
        {
            return
            [
                .. block.GetProperty("steps").EnumerateArray().Zip(block.GetProperty("values").EnumerateArray(), block.GetProperty("time_ms").EnumerateArray())
                    .Select(p => new SeriesPoint(p.First.GetInt64(), JsonObjects.Real(p.Second), TimeSpan.FromMilliseconds(p.Third.GetDouble()))),
            ];
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return [];
        }
    }

    /// <summary>The run's output rows as they were recorded, without labels or parameters.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows => [.. Values("row"u8).Select(v => JsonObjects.Dictionary(v.Value))];

    /// <summary>The run's log, remarks included.</summary>
    public IReadOnlyList<LogLine> Log => [.. Values("log"u8).Select(v => new LogLine(LineFields.Text(v.Value, "level"), LineFields.Text(v.Value, "message"), v.Time))];

    /// <summary>The run's artifacts and data, the last of each name, in order of first appearance.</summary>
    public IReadOnlyList<ArtifactInfo> Artifacts => [.. ArtifactLinesByName().Values.Select(Info)];

    /// <summary>A structured value recorded with <c>run.Data</c> or <c>run.ArtifactJson</c>.</summary>
    /// <typeparam name="T">What to read it as: the type that was recorded, an array of any rank, or <see cref="JsonElement"/>.</typeparam>
    /// <exception cref="AssayException">The run has no such value, or it is of another form.</exception>
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
            throw new AssayException($"'{name}' of run {Id} cannot be read as {FullTypeName.Of(typeof(T))}: {ExceptionText.Sentence(fault)} Read it as the type it was recorded with, or as JsonElement.", fault);
        }
    }

    /// <summary>Opens the content of an artifact; the caller disposes the stream.</summary>
    /// <exception cref="AssayException">The run has no such artifact.</exception>
    /// <exception cref="StoreException">Its content is missing from the store.</exception>
    public Stream OpenArtifact(string name)
    {
        JsonElement line = ArtifactLine(name);
        if (line.TryGetProperty("data", out JsonElement inline)) return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(inline, DataForm.Options), writable: false);
        return _catalog.Storage.ReadArtifact(LineFields.Text(line, "sha256"));
    }

    /// <summary>The content of an artifact as text.</summary>
    /// <inheritdoc cref="OpenArtifact"/>
    public string ArtifactText(string name)
    {
        using var reader = new StreamReader(OpenArtifact(name));
        return reader.ReadToEnd();
    }

    /// <summary>Copies an artifact to a file, or a directory artifact to a folder. Parent folders are created; existing files are replaced.</summary>
    /// <inheritdoc cref="OpenArtifact"/>
    public void SaveArtifact(string name, string path)
    {
        if (LineFields.Text(ArtifactLine(name), "kind") != "directory")
        {
            using Stream content = OpenArtifact(name);
            Copy(content, path);
            return;
        }

        using Stream manifest = OpenArtifact(name);
        foreach ((string relative, string sha256) in DirectoryManifest.Read(manifest))
        {
            using Stream content = _catalog.Storage.ReadArtifact(sha256);
            Copy(content, PathGuard.Inside(path, relative));
        }
    }

    private static int[]? Shape(JsonElement line) =>
        line.TryGetProperty("shape", out JsonElement shape) && shape.ValueKind == JsonValueKind.Array && shape.EnumerateArray().All(n => n.TryInteger(out long length) && length is >= 0 and <= int.MaxValue)
            ? [.. shape.EnumerateArray().Select(n => n.GetInt32())]
            : null;

    private static void Copy(Stream content, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using FileStream file = File.Create(path);
        content.CopyTo(file);
    }

    private static ArtifactInfo Info(JsonElement line) => new(
        LineFields.Text(line, "name"), LineFields.Text(line, "kind"), LineFields.Text(line, "format"), line.TryGetProperty("size", out JsonElement size) && size.TryInteger(out long length) ? length : 0, LineFields.Text(line, "sha256"))
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

    private AssayException Unknown(string what, string name, IReadOnlyList<string> known) => new(
        $"run {Id} has no {what} '{name}'; {(known.Count == 0 ? "it has none" : "it has " + string.Join(", ", known.Select(k => $"'{k}'")))}. Correct the name.");

    private List<(JsonElement Value, TimeSpan Time)> Values(ReadOnlySpan<byte> kind) =>
        [.. Lines(kind).Where(l => l.GetProperty("value").ValueKind == JsonValueKind.Object).Select(l => (l.GetProperty("value"), Elapsed(l)))];

    /// <summary>The run's lines of one kind, each with a value, read from between its start and its end, in every journal that has them.</summary>
    private List<JsonElement> Lines(ReadOnlySpan<byte> kind) => [.. PlacedLines(kind).Select(l => l.Line)];

    private List<(JsonElement Line, LinePlace Place)> PlacedLines(ReadOnlySpan<byte> kind)
    {
        var lines = new List<(JsonElement, LinePlace)>();
        byte[] id = System.Text.Encoding.ASCII.GetBytes(Id);
        string wanted = System.Text.Encoding.ASCII.GetString(kind);
        foreach ((int journal, long offset, byte[] line) in Ranges().SelectMany(r => _reader.Lines(r.Journal, r.From, r.To).Select(l => (r.Journal, l.Offset, l.Line))))
        {
            if (line.AsSpan().IndexOf(id) < 0 || line.AsSpan().IndexOf(kind) < 0) continue;
            if (Parse(line) is not { } root || LineFields.Text(root, "run_id") != Id || LineFields.Text(root, "kind") != wanted) continue;
            if (root.TryGetProperty("value", out _)) lines.Add((root, new LinePlace(_catalog.Journals[journal], offset)));
        }

        return lines;
    }

    private static TimeSpan Elapsed(JsonElement line) =>
        TimeSpan.FromMilliseconds(line.TryGetProperty("elapsed_ms", out JsonElement elapsed) && elapsed.TryInteger(out long ms) ? ms : 0);

    private IEnumerable<LineRange> Ranges()
    {
        IEnumerable<LineRange> elsewhere = _entry.Elsewhere ?? [];
        return _entry.Start < 0 ? elsewhere : elsewhere.Append(new LineRange(_entry.Journal, _entry.Start, _entry.End < 0 ? null : _entry.End));
    }

    // A damaged line is skipped here as everywhere; doctor reports it.
    private static JsonElement? Parse(byte[] line)
    {
        try
        {
            if (!System.Text.Unicode.Utf8.IsValid(line)) return null;
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
