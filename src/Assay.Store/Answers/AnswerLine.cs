using System.Text.Json;

namespace Assay.Journals;

/// <summary>
/// One line of <c>answers/</c>: what a model answered to a request, or that such an answer was paid for, or is to be forgotten. The last
/// line of a key counts. See <c>docs/design/0013-conversations.md</c>.
/// </summary>
/// <param name="Key">The fingerprint of the request.</param>
/// <param name="Model">The model that was asked; empty in a line that forgets.</param>
public sealed record AnswerLine(UInt128 Key, string Model)
{
    internal const string Kind = "answer";

    /// <summary>The replicate of the run that asked.</summary>
    public int Replicate { get; init; }

    /// <summary>The tokens that were paid for; null where the provider told none.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>The answer as JSON; empty for one that must not be given again.</summary>
    public ReadOnlyMemory<byte> Response { get; init; }

    /// <summary>Whether the answer of the key is taken back.</summary>
    public bool IsForgotten { get; init; }

    internal void Write(JsonBuffer line)
    {
        line.Raw("{\"key\":\""u8).Hex(Key).Raw((byte)'"');
        if (IsForgotten)
        {
            line.Raw(",\"forgotten\":true}"u8);
            return;
        }

        line.Raw(",\"model\":"u8).String(Model).Raw(",\"replicate\":"u8).Integer(Replicate);
        if (Usage is { } usage)
            line.Raw(",\"usage\":{\"input\":"u8).Integer(usage.Input).Raw(",\"output\":"u8).Integer(usage.Output)
                .Raw(",\"cached_input\":"u8).Integer(usage.CachedInput).Raw((byte)'}');
        if (!Response.IsEmpty) line.Raw(",\"response\":"u8).Raw(Response.Span);
        line.Raw((byte)'}');
    }

    /// <returns>The line, without the content of its answer, and the experiment; null for a kind that is unknown here.</returns>
    /// <exception cref="JsonException">The line is damaged.</exception>
    internal static (AnswerLine Line, string Experiment, bool HasResponse)? Read(ReadOnlySpan<byte> line, long offset)
    {
        LineCheck.Check(line, offset);
        var root = JsonElement.Parse(line);
        if (LineFields.Text(root, "kind") != Kind) return null;
        JsonElement value = root.GetProperty("value");
        string key = LineFields.Require(value, "key", JsonValueKind.String).GetString()!;
        if (key.Length != 32 || !UInt128.TryParse(key, System.Globalization.NumberStyles.AllowHexSpecifier, null, out UInt128 number))
            throw new JsonException("expected 32 hexadecimal digits in 'key'");
        var read = new AnswerLine(number, LineFields.Text(value, "model"))
        {
            Usage = UsageOf(JsonObjects.Member(value, "usage")),
            IsForgotten = JsonObjects.Member(value, "forgotten").ValueKind == JsonValueKind.True,
        };
        return (read, LineFields.Text(root, "experiment_name"), JsonObjects.Member(value, "response").ValueKind == JsonValueKind.Object);
    }

    private static TokenUsage? UsageOf(JsonElement usage) => usage.ValueKind != JsonValueKind.Object ? null
        : new TokenUsage(Count(usage, "input"), Count(usage, "output"), Count(usage, "cached_input"));

    private static long Count(JsonElement usage, string name) =>
        JsonObjects.Member(usage, name).TryInteger(out long count) && count >= 0 ? count : 0;
}

/// <summary>Reads lines of <c>answers/</c>. A bad line is skipped and reported.</summary>
internal sealed class AnswerReader(Action<(AnswerLine Line, string Experiment, bool HasResponse), long, int> take) : ILineTaker
{
    public List<JournalDamage> Damage { get; } = [];

    /// <summary>The offset up to which whole lines have been read.</summary>
    public long End { get; private set; }

    void ILineTaker.Take(ReadOnlySpan<byte> line, long offset)
    {
        if (AnswerLine.Read(line, offset) is { } read) take(read, offset, line.Length);
    }

    void ILineTaker.Damaged(JournalDamage damage) => Damage.Add(damage);

    void ILineTaker.Passed(long offset) => End = Math.Max(End, offset);
}
