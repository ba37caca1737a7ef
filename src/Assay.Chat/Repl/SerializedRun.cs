using System.Buffers;
using System.ClientModel.Primitives;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Assay.Chat;

/// <summary>
/// A run in a file, exactly as ExperimentRunner writes it: <c>{data, answer, status, score, context, logs}</c>, with the context in the
/// form of OpenAI's API. What a file says is kept as it is, so that saving gives it back.
/// </summary>
/// <param name="Data">The data.</param>
/// <param name="Answer">The answer; JSON null without one.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Score"><c>CORRECT</c>, <c>INCORRECT</c>, or null.</param>
/// <param name="Context">The messages.</param>
/// <param name="Logs">What was logged.</param>
internal sealed record SerializedRun(
    JsonElement Data, JsonElement Answer, ChatStatus Status, string? Score, JsonElement Context, JsonElement Logs)
{
    private static readonly string[] Statuses = ["COMPLETE", "INCOMPLETE", "FAIL", "READY"];
    private static readonly JsonElement Null = JsonElement.Parse("null"), Empty = JsonElement.Parse("[]");

    /// <summary>How data and answers are written: with the names of their members as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNameCaseInsensitive = true,
        IncludeFields = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A run as the store has it.</summary>
    public static SerializedRun Of(ChatRun run, ChatStatus status, JsonElement data, JsonElement? answer) => new(
        data, answer ?? Null, status,
        status != ChatStatus.Complete ? null : run.Score?.Value switch { 1 => "CORRECT", 0 => "INCORRECT", _ => null },
        ContextOf(run.Context), JsonSerializer.SerializeToElement(run.Logs, Json));

    /// <summary>The runs in a file.</summary>
    /// <returns>Null when it is JSON of something else, or no JSON.</returns>
    /// <exception cref="AssayException">A run has a fault; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<SerializedRun>? Read(string path)
    {
        try
        {
            var root = JsonElement.Parse(File.ReadAllBytes(path));
            return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 && root.EnumerateArray().All(IsRun)
                ? [.. root.EnumerateArray().Select((run, i) => Of(run, $"run {i} of '{path}'"))] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a file of runs at once: a reader sees the old file or the new one.</summary>
    public static void Write(string path, IEnumerable<SerializedRun> runs) => AtomicFile.Write(Path.GetFullPath(path), Text(json =>
    {
        json.WriteStartArray();
        foreach (SerializedRun run in runs) run.WriteTo(json);
        json.WriteEndArray();
    }));

    /// <summary>The run as JSON of several lines.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Text(WriteTo));

    private static bool IsRun(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("data", out _) && json.TryGetProperty("status", out _);

    private static SerializedRun Of(JsonElement json, string where)
    {
        string status = Member("status").ToString(), score = Member("score").ToString();
        if (!Statuses.Contains(status))
            throw new AssayException($"{where} has the status '{Printable.Line(status)}'; expected {string.Join(", ", Statuses)}.");
        if (score is not ("" or "CORRECT" or "INCORRECT"))
            throw new AssayException($"{where} has the score '{Printable.Line(score)}'; expected CORRECT, INCORRECT or null.");
        return new SerializedRun(json.GetProperty("data"), Member("answer"), Enum.Parse<ChatStatus>(status, ignoreCase: true),
            score == "" ? null : score, List("context"), List("logs"));

        JsonElement Member(string name) => json.TryGetProperty(name, out JsonElement value) ? value : Null;
        JsonElement List(string name) => Member(name).ValueKind switch
        {
            JsonValueKind.Null => Empty,
            JsonValueKind.Array => Member(name),
            var kind => throw new AssayException($"{where} has a {name} of the kind {kind}; expected an array."),
        };
    }

    private static JsonElement ContextOf(IEnumerable<ChatMessage> messages)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (OpenAI.Chat.ChatMessage message in messages.Select(WithPlainResults).AsOpenAIChatMessages())
                json.WriteRawValue(ModelReaderWriter.Write(message));
            json.WriteEndArray();
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }

    // A text out of a journal is JSON, and would be written in quotes of its own.
    private static ChatMessage WithPlainResults(ChatMessage message) => message.Role != ChatRole.Tool ? message
        : new ChatMessage(message.Role,
        [
            .. message.Contents.Select(content =>
                content is FunctionResultContent { Result: JsonElement { ValueKind: JsonValueKind.String } text } result
                    ? new FunctionResultContent(result.CallId, text.GetString()) : content),
        ]);

    private static byte[] Text(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Indented = true,
            IndentSize = 4,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        })) write(json);
        return bytes.WrittenSpan.ToArray();
    }

    // The order of the members is that of the original's files.
    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("data");
        Data.WriteTo(json);
        json.WritePropertyName("answer");
        Answer.WriteTo(json);
        json.WriteString("status", Status.ToString().ToUpperInvariant());
        json.WritePropertyName("context");
        Context.WriteTo(json);
        json.WriteString("score", Score);
        json.WritePropertyName("logs");
        Logs.WriteTo(json);
        json.WriteEndObject();
    }
}
