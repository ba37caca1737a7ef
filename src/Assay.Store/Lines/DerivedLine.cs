using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// One line of <c>derived/</c>: the values that a function gave for an attempt of a run, in the usual envelope. It never changes how a run
/// stands or whether it is run again.
/// </summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it was computed, in ticks of UTC.</param>
/// <param name="Function">The name of the function.</param>
/// <param name="Version">The version of the function.</param>
/// <param name="Place">The attempt.</param>
/// <param name="Values">The values by name.</param>
internal sealed record DerivedLine(
    UInt128 RunId, long At, string Function, string Version, AttemptPlace Place, IReadOnlyList<KeyValuePair<string, object?>> Values)
{
    public const string Kind = "derived";

    /// <returns>Null for a kind that is unknown here.</returns>
    /// <exception cref="JsonException">The line is damaged.</exception>
    public static DerivedLine? Read(ReadOnlySpan<byte> line, long offset)
    {
        JournalLine envelope = LineCheck.Check(line, offset);
        var root = JsonElement.Parse(line);
        if (LineFields.Text(root, "kind") != Kind) return null;
        JsonElement value = root.GetProperty("value");
        Check(value);
        return new DerivedLine(
            envelope.RunId, envelope.Time, LineFields.Text(value, "function"), LineFields.Text(value, "version"),
            new AttemptPlace(LineFields.Text(value, "journal"), value.GetProperty("attempt").GetInt32()),
            [.. LineFields.Object(value, "values")]);
    }

    /// <summary>Writes the line.</summary>
    public void Write(JsonBuffer line, LineEnvelope envelope, DateTimeOffset startedAt)
    {
        envelope.Open(line, RunId, "derived"u8);
        line.Raw("{\"function\":"u8).String(Function).Raw(",\"version\":"u8).String(Version);
        line.Raw(",\"journal\":"u8).String(Place.Journal).Raw(",\"attempt\":"u8).Integer(Place.Attempt).Raw(",\"values\":{"u8);
        line.Separated(Values, value => PlainJson.Write(line.Key(value.Key), value.Value)).Raw("}}"u8);
        var at = new DateTimeOffset(At, TimeSpan.Zero);
        LineEnvelope.Close(line, at, at > startedAt ? at - startedAt : TimeSpan.Zero);
    }

    /// <exception cref="JsonException">The value is damaged.</exception>
    public static void Check(JsonElement value)
    {
        foreach (string text in (ReadOnlySpan<string>)["function", "version", "journal"])
            LineFields.Require(value, text, JsonValueKind.String);
        LineFields.Require(value, "values", JsonValueKind.Object);
        JsonElement attempt = LineFields.Require(value, "attempt", JsonValueKind.Number);
        if (!attempt.TryGetInt32(out int number) || number is < 1 or > JournalParser.MostAttempts)
            throw new JsonException($"expected a whole number from 1 to {JournalParser.MostAttempts} in 'attempt'");
    }
}
