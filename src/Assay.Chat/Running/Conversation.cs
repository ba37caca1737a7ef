using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// Writes the conversation of a run as lines of its journal: what has changed of the context, and every call. See
/// <c>docs/design/0013-conversations.md</c>. Calls may come from several threads.
/// </summary>
internal sealed class Conversation(RunContext run)
{
    /// <summary>The kind of the lines.</summary>
    public const string Kind = "chat";

    private readonly Lock _gate = new();
    private readonly List<(ChatMessage Message, int Contents)> _kept = [];

    /// <summary>Writes what differs from the context that was written last. Messages are compared by reference.</summary>
    public void Keep(IReadOnlyList<ChatMessage> context)
    {
        lock (_gate)
        {
            int same = 0;
            while (same < _kept.Count && same < context.Count && ReferenceEquals(_kept[same].Message, context[same])
                && _kept[same].Contents == context[same].Contents.Count) same++;
            if (same == context.Count && same == _kept.Count) return;
            Write(json =>
            {
                json.WriteString("event", "context");
                json.WriteNumber("at", same);
                json.WriteStartArray("messages");
                for (int i = same; i < context.Count; i++) JsonSerializer.Serialize(json, context[i], MessageJson.Message);
                json.WriteEndArray();
            });
            _kept.RemoveRange(same, _kept.Count - same);
            for (int i = same; i < context.Count; i++) _kept.Add((context[i], context[i].Contents.Count));
        }
    }

    /// <summary>Writes a call that was answered, or failed.</summary>
    public void Keep(ChatCall call) => Write(json =>
    {
        json.WriteString("event", "call");
        if (call.Model is not null) json.WriteString("model", call.Model);
        if (call.Key is { } key) json.WriteString("key", key);
        json.WriteBoolean("cached", call.IsCached);
        if (call.FinishReason is not null) json.WriteString("finish", call.FinishReason);
        if (call.Usage is { } usage)
        {
            json.WriteStartObject("usage");
            json.WriteNumber("input", usage.Input);
            json.WriteNumber("output", usage.Output);
            if (usage.CachedInput > 0) json.WriteNumber("cached_input", usage.CachedInput);
            json.WriteEndObject();
        }

        if (call.Cost is { } cost) json.WriteNumber("cost", cost);
        json.WriteNumber("duration_ms", Math.Round(call.Duration.TotalMilliseconds, 3));
        if (call.Outcome is null) return;
        json.WriteStartObject("error");
        json.WriteString("outcome", call.Outcome);
        json.WriteString("message", Secrets.Masked(call.Error ?? ""));
        json.WriteEndObject();
    });

    private void Write(Action<Utf8JsonWriter> members)
    {
        using var scratch = JsonScratch.Take();
        scratch.Json.WriteStartObject();
        members(scratch.Json);
        scratch.Json.WriteEndObject();
        scratch.Json.Flush();
        run.Record(Kind, scratch.Written);
    }
}

/// <summary>A writer of JSON that each thread uses again and again; not to be held over an await.</summary>
internal sealed class JsonScratch : IDisposable
{
    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static JsonScratch? _free;

    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    private JsonScratch() => Json = new Utf8JsonWriter(_bytes, MessageJson.Writing);

    public Utf8JsonWriter Json { get; }

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public static JsonScratch Take()
    {
        JsonScratch scratch = _free ?? new JsonScratch();
        _free = null;
        return scratch;
    }

    public void Dispose()
    {
        if (_bytes.Capacity > LargestKept) return;
        _bytes.ResetWrittenCount();
        Json.Reset(_bytes);
        _free = this;
    }
}

/// <summary>How messages and answers stand in journals.</summary>
internal static class MessageJson
{
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Options { get; } = new(AIJsonUtilities.DefaultOptions)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = false,
    };

    public static JsonTypeInfo<ChatMessage> Message { get; } =
        (JsonTypeInfo<ChatMessage>)Options.GetTypeInfo(typeof(ChatMessage));

    public static JsonTypeInfo<ChatOptions> ChatOptions { get; } = (JsonTypeInfo<ChatOptions>)Options.GetTypeInfo(typeof(ChatOptions));

    public static JsonTypeInfo<ChatResponse> Response { get; } =
        (JsonTypeInfo<ChatResponse>)Options.GetTypeInfo(typeof(ChatResponse));
}
