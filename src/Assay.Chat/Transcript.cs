using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>One call of a model, as it was recorded.</summary>
public sealed record ChatCall
{
    /// <summary>The model that was asked; null where it is not known.</summary>
    public string? Model { get; init; }

    /// <summary>The key of the answer in the cache: 32 hexadecimal digits; null where the answer is not cached.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the cache answered, without a call of the model.</summary>
    public bool IsCached { get; init; }

    /// <summary>Why the answer ended, such as <c>stop</c>; null where it was not told.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Its tokens; null where they were not told. Of a cached answer those that were paid when it was asked for.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>What it cost; null without prices. Zero of a cached answer.</summary>
    public decimal? Cost { get; init; }

    /// <summary>How long it took, with retries and waiting.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>One of <see cref="ChatOutcome"/>, or <c>exception</c>; null for an answer that could be used.</summary>
    public string? Outcome { get; init; }

    /// <summary>The message of the failure; null for an answer that could be used.</summary>
    public string? Error { get; init; }
}

/// <summary>The conversation of a run as its journal has it: that of the attempt that is shown. Immutable.</summary>
/// <param name="Context">The messages as they were at the end.</param>
/// <param name="Calls">The calls, in the order they ended.</param>
public sealed record Transcript(List<ChatMessage> Context, IReadOnlyList<ChatCall> Calls)
{
    /// <summary>Reads the conversation of a run; empty for a run that is no chat run. Damaged lines are passed over.</summary>
    /// <exception cref="StoreException">The journal cannot be read.</exception>
    public static Transcript Of(RunRecord run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var context = new List<ChatMessage>();
        var calls = new List<ChatCall>();
        foreach (RecordedValue line in run.Recorded(Conversation.Kind))
        {
            try
            {
                Read(line.Value, context, calls);
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                // As any damaged line; doctor reports those whose checksum is hit.
            }
        }

        return new Transcript(context, calls);
    }

    private static void Read(JsonElement line, List<ChatMessage> context, List<ChatCall> calls)
    {
        if (line.GetProperty("event").GetString() == "call")
        {
            calls.Add(Call(line));
            return;
        }

        int at = line.GetProperty("at").GetInt32();
        ChatMessage[] messages = [.. line.GetProperty("messages").EnumerateArray().Select(m => m.Deserialize(MessageJson.Message)!)];
        if (at < 0 || at > context.Count) return;
        context.RemoveRange(at, context.Count - at);
        context.AddRange(messages);
    }

    private static ChatCall Call(JsonElement line)
    {
        bool isFailed = line.TryGetProperty("error", out JsonElement error);
        return new ChatCall
        {
            Model = Text(line, "model"),
            Key = Text(line, "key"),
            IsCached = line.GetProperty("cached").GetBoolean(),
            FinishReason = Text(line, "finish"),
            Usage = line.TryGetProperty("usage", out JsonElement usage) ? new TokenUsage(
                usage.GetProperty("input").GetInt64(), usage.GetProperty("output").GetInt64(),
                usage.TryGetProperty("cached_input", out JsonElement cached) ? cached.GetInt64() : 0) : null,
            Cost = line.TryGetProperty("cost", out JsonElement cost) ? cost.GetDecimal() : null,
            Duration = TimeSpan.FromMilliseconds(line.GetProperty("duration_ms").GetDouble()),
            Outcome = isFailed ? Text(error, "outcome") : null,
            Error = isFailed ? Text(error, "message") : null,
        };
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
