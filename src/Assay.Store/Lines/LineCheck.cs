using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// Whether a line holds what readers of its kind rely on. A line can be sound JSON and yet damaged: a flipped bit in a name hides a field,
/// one in a text breaks its encoding.
/// </summary>
public static class LineCheck
{
    /// <summary>
    /// Why a line could not be part of a journal; null when it could. Lines that a program takes from elsewhere are checked with it.
    /// </summary>
    /// <param name="line">The line without its line feed.</param>
    public static string? Fault(ReadOnlySpan<byte> line)
    {
        try
        {
            Check(line, 0);
            CheckValue(JsonElement.Parse(line));
            return null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            bool isDeep = fault.Message.Contains("depth", StringComparison.OrdinalIgnoreCase);
            return isDeep ? "nested more deeply than a line of a journal can be" : fault.Message;
        }
    }

    /// <exception cref="JsonException">The line is damaged; the message says how.</exception>
    internal static JournalLine Check(ReadOnlySpan<byte> line, long offset)
    {
        if (line.IndexOfAnyExcept((byte)0) < 0) throw new JsonException("only zero bytes, as a power failure leaves them");
        JournalLine envelope = JournalParser.Parse(line, offset);
        return envelope.Time != 0 ? envelope : throw new JsonException("expected the field 'created_at'");
    }

    /// <summary>Checks the value of a line by its kind; kinds unknown here may hold anything.</summary>
    /// <exception cref="JsonException">The line is damaged; the message says how.</exception>
    internal static void CheckValue(JsonElement root)
    {
        LineFields.Require(root, "run_id", JsonValueKind.String);
        LineFields.Require(root, "experiment_name", JsonValueKind.String);
        JsonElement value = root.GetProperty("value");
        switch (LineFields.Require(root, "kind", JsonValueKind.String).GetString())
        {
            case "run_start": RunStartLine.Check(value); break;
            case "run_end": RunEndLine.Check(value); break;
            case "series": SeriesLine.Check(value); break;
            case "artifact": ArtifactLine.Check(value); break;
            case "log": LogEntryLine.Check(value); break;
            case "row": LineFields.CheckObject(value); break;
            default: break;
        }
    }
}
