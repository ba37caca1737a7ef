using System.Text.Json;

namespace Assay.Import;

/// <summary>Writes the lines of one imported run, with the times they had. Each is checked as doctor would before it is written.</summary>
internal sealed class ImportedRun(ImportedJournal journal, string experiment, UInt128 id)
{
    private readonly LineEnvelope _lines = new(experiment);
    private readonly JsonBuffer _line = new();

    /// <returns>Why the line cannot stand in a journal; null when it stands there now.</returns>
    public string? Write(ReadOnlySpan<byte> kind, Action<JsonBuffer> value, DateTimeOffset at, TimeSpan elapsed, string? note = null, Action<JsonBuffer>? more = null)
    {
        _line.Clear();
        _lines.Open(_line, id, kind);
        value(_line);
        LineEnvelope.Close(_line, at, elapsed, note);
        if (more is not null)
        {
            _line.Truncate(_line.Length - "}\n".Length);
            more(_line);
            _line.Raw("}\n"u8);
        }

        if (Fault() is { } fault) return fault;
        journal.Append(_line.Written);
        return null;
    }

    private string? Fault()
    {
        try
        {
            ReadOnlySpan<byte> line = _line.Written[..^1];
            LineCheck.Check(line, 0);
            var reader = new Utf8JsonReader(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            LineCheck.CheckValue(document.RootElement);
            return null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) ? "nested more deeply than a line of a journal can be" : fault.Message;
        }
    }
}
