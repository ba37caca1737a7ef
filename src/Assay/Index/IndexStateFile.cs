using System.Globalization;
using System.Text.Json;

namespace Assay;

/// <summary>The file that says what the index covers: JSON with a checksum, replaced as a whole.</summary>
internal static class IndexStateFile
{
    /// <summary>Another number is another form: whoever finds it reads the journals.</summary>
    private const int Format = 2;

    private const string Opening = "{\"checksum\":\"";
    private const int BodyAt = 22;

    public static string PathIn(string folder) => Path.Combine(folder, "state.json");

    /// <returns>The empty state when there is none that can be trusted.</returns>
    public static IndexState Read(string folder)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(PathIn(folder));
            if (bytes.Length <= BodyAt || Checksum(bytes.AsSpan(BodyAt)) is var sum && !bytes.AsSpan(0, BodyAt).SequenceEqual(System.Text.Encoding.ASCII.GetBytes($"{Opening}{sum}\""))) return IndexState.Empty;
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            return root.GetProperty("format").GetInt32() == Format ? State(root) : IndexState.Empty;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return IndexState.Empty;
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string folder, IndexState state)
    {
        JsonBuffer body = new JsonBuffer().Raw(",\"format\":"u8).Integer(Format);
        List(body, "journals", state.Journals, Journal);
        List(body, "segments", state.Segments, Segment);
        List(body, "apart", state.Apart, Apart);
        body.Raw("}\n"u8);
        byte[] file = [.. System.Text.Encoding.ASCII.GetBytes($"{Opening}{Checksum(body.Written)}\""), .. body.Written];
        AtomicFile.Write(PathIn(folder), file, durable: false);
    }

    private static string Checksum(ReadOnlySpan<byte> body) => Crc32C.Append(0, body).ToString("x8", CultureInfo.InvariantCulture);

    private static IndexState State(JsonElement root) => new()
    {
        Journals = [.. root.GetProperty("journals").EnumerateArray().Select(Journal)],
        Segments = [.. root.GetProperty("segments").EnumerateArray().Select(Segment)],
        Apart = [.. root.GetProperty("apart").EnumerateArray().Select(Apart)],
    };

    private static void List<T>(JsonBuffer json, string name, IReadOnlyList<T> items, Action<JsonBuffer, T> write)
    {
        json.Raw(",\n"u8).Key(name).Raw((byte)'[');
        for (int i = 0; i < items.Count; i++)
        {
            json.Raw(i == 0 ? "\n"u8 : ",\n"u8);
            write(json, items[i]);
        }

        json.Raw((byte)']');
    }

    private static void Numbers(JsonBuffer json, IReadOnlyList<uint> numbers)
    {
        json.Raw((byte)'[');
        for (int i = 0; i < numbers.Count; i++) (i == 0 ? json : json.Raw((byte)',')).Integer(numbers[i]);
        json.Raw((byte)']');
    }

    private static uint[] Numbers(JsonElement json)
    {
        var numbers = new uint[json.GetArrayLength()];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = json[i].GetUInt32();
        return numbers;
    }

    private static void Text(JsonBuffer json, string name, string? text)
    {
        json.Raw((byte)',').Key(name);
        if (text is null) json.Null();
        else json.String(text);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? JsonObjects.Text(text) : null;

    private static void Journal(JsonBuffer json, JournalState journal)
    {
        json.Raw("{\"name\":"u8).String(journal.Name);
        Text(json, "experiment", journal.Head.Experiment);
        Text(json, "version", journal.Head.Version);
        Text(json, "code", journal.Head.Code);
        Text(json, "context", journal.Head.Context);
        json.Raw(",\"created_at\":"u8).Integer(journal.Head.CreatedAt.UtcTicks).Raw(",\"length\":"u8).Integer(journal.Length).Raw(",\"changed_at\":"u8).Integer(journal.ChangedAt);
        json.Raw(",\"seen_at\":"u8).Integer(journal.SeenAt).Raw(",\"covered\":"u8).Integer(journal.Covered).Raw(",\"dead\":"u8).Boolean(journal.IsDead).Raw(",\"blocks\":"u8);
        Numbers(json, journal.Blocks);
        List(json, "damage", journal.Damage, (buffer, damage) =>
            buffer.Raw("{\"offset\":"u8).Integer(damage.Offset).Raw(",\"line\":"u8).Integer(damage.Line).Raw(",\"reason\":"u8).String(damage.Reason).Raw((byte)'}'));
        json.Raw((byte)'}');
    }

    private static JournalState Journal(JsonElement json) => new()
    {
        Name = Text(json, "name") ?? "",
        Head = new JournalHead(Text(json, "experiment"), Text(json, "version"), Text(json, "code"), Text(json, "context"))
        {
            CreatedAt = new DateTimeOffset(json.GetProperty("created_at").GetInt64(), TimeSpan.Zero),
        },
        Length = json.GetProperty("length").GetInt64(),
        ChangedAt = json.GetProperty("changed_at").GetInt64(),
        SeenAt = json.GetProperty("seen_at").GetInt64(),
        Covered = json.GetProperty("covered").GetInt64(),
        IsDead = json.GetProperty("dead").GetBoolean(),
        Blocks = Numbers(json.GetProperty("blocks")),
        // The file's path is the store's, which may have been moved.
        Damage = [.. json.GetProperty("damage").EnumerateArray().Select(d => new JournalDamage("", d.GetProperty("offset").GetInt64(), Text(d, "reason") ?? "", Torn: false)
        {
            Line = d.GetProperty("line").GetInt64(),
        })],
    };

    private static void Segment(JsonBuffer json, SegmentInfo segment)
    {
        json.Raw("{\"file\":"u8).String(segment.File);
        Text(json, "experiment", segment.Experiment);
        json.Raw(",\"bytes\":"u8).Integer(segment.Bytes).Raw(",\"rows\":"u8).Integer(segment.Rows).Raw(",\"unended\":"u8).Integer(segment.Unended);
        json.Raw(",\"repeats\":"u8).Integer(segment.Repeats).Raw(",\"checksums\":"u8);
        Numbers(json, segment.Checksums);
        List(json, "fields", segment.Fields, (buffer, field) => buffer.Raw("{\"place\":"u8).Integer((int)field.Key.Place).Raw(",\"name\":"u8).String(field.Key.Name)
            .Raw(",\"form\":"u8).Integer((int)field.Form).Raw(",\"missing_is_null\":"u8).Boolean(field.MissingIsNull).Raw((byte)'}'));
        json.Raw((byte)'}');
    }

    private static SegmentInfo Segment(JsonElement json) => new()
    {
        File = Text(json, "file") ?? "",
        Experiment = Text(json, "experiment"),
        Bytes = json.GetProperty("bytes").GetInt64(),
        Rows = json.GetProperty("rows").GetInt32(),
        Unended = json.GetProperty("unended").GetInt32(),
        Repeats = json.GetProperty("repeats").GetInt32(),
        Checksums = Numbers(json.GetProperty("checksums")),
        Fields = [.. json.GetProperty("fields").EnumerateArray().Select(f => new SegmentField(
            new FieldKey((FieldPlace)f.GetProperty("place").GetByte(), Text(f, "name") ?? ""), (ColumnForm)f.GetProperty("form").GetByte(), f.GetProperty("missing_is_null").GetBoolean()))],
    };

    private static void Apart(JsonBuffer json, ApartRow row) =>
        json.Raw("{\"run_id\":\""u8).Hex(row.Key.Id).Raw("\",\"attempt\":"u8).Integer(row.Key.Attempt).Raw(",\"journal\":"u8).Integer(row.Key.Journal)
            .Raw(",\"start\":"u8).Integer(row.Start).Raw(",\"start_length\":"u8).Integer(row.StartLength)
            .Raw(",\"end\":"u8).Integer(row.End).Raw(",\"end_length\":"u8).Integer(row.EndLength).Raw((byte)'}');

    private static ApartRow Apart(JsonElement json)
    {
        if (!Fingerprint.TryParse(json.GetProperty("run_id").GetString()!, out UInt128 id)) throw new FormatException("not an id");
        return new ApartRow(
            new AttemptKey(id, json.GetProperty("attempt").GetInt32(), json.GetProperty("journal").GetInt32()),
            json.GetProperty("start").GetInt64(), json.GetProperty("start_length").GetInt32(), json.GetProperty("end").GetInt64(), json.GetProperty("end_length").GetInt32());
    }
}
