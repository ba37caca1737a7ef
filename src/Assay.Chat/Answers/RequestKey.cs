using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>The fingerprint of what is asked of a model; see <c>docs/design/0013-conversations.md</c>.</summary>
internal static class RequestKey
{
    private const int Version = 1;

    /// <summary>The model, the messages without ids and times, the options, and the tools.</summary>
    public static UInt128 Of(string model, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        using var scratch = JsonScratch.Take();
        Write(scratch.Json, model, messages, options);
        return First(SHA256.HashData(scratch.Written));
    }

    /// <summary>The size of what is asked in bytes of UTF-8, with tools and schemas: at least the number of its tokens.</summary>
    public static int SizeOf(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        using var scratch = JsonScratch.Take();
        Write(scratch.Json, "", messages, options);
        return scratch.Written.Length;
    }

    /// <summary>The key of an answer: of several to one request each has its own.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="replicate">The replicate of the run.</param>
    /// <param name="number">How often the run has asked it before.</param>
    public static UInt128 Of(UInt128 request, int replicate, int number)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, request);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], replicate);
        BinaryPrimitives.WriteInt32BigEndian(bytes[20..], number);
        return First(SHA256.HashData(bytes));
    }

    private static void Write(Utf8JsonWriter json, string model, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("model", model);
        json.WriteStartArray("messages");
        foreach (ChatMessage message in messages) JsonSerializer.Serialize(json, Plain(message), MessageJson.Message);
        json.WriteEndArray();
        WriteOptions(json, options);
        json.WriteEndObject();
        json.Flush();
    }

    // Ids and times differ each time a provider answers, and say nothing to a model.
    private static ChatMessage Plain(ChatMessage message)
    {
        if (message is { MessageId: null, CreatedAt: null, AdditionalProperties: null }) return message;
        ChatMessage plain = message.Clone();
        (plain.MessageId, plain.CreatedAt, plain.AdditionalProperties) = (null, null, null);
        return plain;
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options is null) return;
        ChatOptions plain = options.Clone();
        (plain.ModelId, plain.Tools) = (null, null);
        json.WritePropertyName("options");
        JsonSerializer.Serialize(json, plain, MessageJson.ChatOptions);
        if (options.Tools is not { Count: > 0 } tools) return;
        json.WriteStartArray("tools");
        foreach (AITool tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            if (tool is AIFunctionDeclaration function)
            {
                json.WritePropertyName("schema");
                function.JsonSchema.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static UInt128 First(byte[] hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);
}
