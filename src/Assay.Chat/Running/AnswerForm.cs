using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>An answer in the record of a run: short values are a metric, which filters and tables use; others are data.</summary>
internal static class AnswerForm
{
    // Metrics are columns of the index.
    private const int LongestText = 1000;

    public static void Write<T>(RunContext run, T? answer)
    {
        switch (answer)
        {
            case null: break;
            case bool truth: run.Metric(ChatMetric.Answer, truth); break;
            case string { Length: <= LongestText } text: run.Metric(ChatMetric.Answer, text); break;
            case Enum named: run.Metric(ChatMetric.Answer, named.ToString()); break;
            case sbyte or byte or short or ushort or int or uint or long:
                run.Metric(ChatMetric.Answer, Convert.ToInt64(answer, null));
                break;
            case float or double: run.Metric(ChatMetric.Answer, Convert.ToDouble(answer, null)); break;
            default: run.Data(ChatMetric.Answer, answer); break;
        }
    }

    public static bool IsIn(RunRecord run) =>
        run.Metrics.ContainsKey(ChatMetric.Answer) || run.Artifacts.Any(artifact => artifact.Name == ChatMetric.Answer);

    public static T? Read<T>(RunRecord run) => run.Metrics.ContainsKey(ChatMetric.Answer) ? run.Metric<T>(ChatMetric.Answer)
        : IsIn(run) ? run.Data<T>(ChatMetric.Answer) : default;
}

/// <summary>A judgement in the record of a run.</summary>
internal static class ScoreForm
{
    public static void Write(RunContext run, Score score)
    {
        run.Metric(ChatMetric.Outcome, score.Outcome);
        if (score.Value is { } value) run.Metric(ChatMetric.Score, value);
        Write(run, ChatMetric.Reason, score.Reason);
        Write(run, ChatMetric.Extracted, score.Extracted);
        Write(run, ChatMetric.Expected, score.Expected);
    }

    public static Score? Read(RunRecord run)
    {
        if (Text(run, ChatMetric.Outcome) is null) return null;
        string? reason = Text(run, ChatMetric.Reason);
        Score score = run.Metrics.GetValueOrDefault(ChatMetric.Score) is double and >= 0 and <= 1 and var value
            ? Score.Of((double)value, reason) : Score.Unscored(reason ?? "the reason was not recorded");
        return score with { Extracted = Text(run, ChatMetric.Extracted), Expected = Text(run, ChatMetric.Expected) };
    }

    private static void Write(RunContext run, string name, string? text)
    {
        if (text is not null) run.Metric(name, text);
    }

    private static string? Text(RunRecord run, string name) => run.Metrics.GetValueOrDefault(name)?.ToString();
}

/// <summary>Answers as JSON of the schema of a type. What is no object is wrapped: providers take schemas of objects only.</summary>
internal sealed class StructuredAnswer<T>
{
    private const string Wrapper = "value";

    private readonly bool _isWrapped;

    private StructuredAnswer()
    {
        JsonElement schema = AIJsonUtilities.CreateJsonSchema(typeof(T), serializerOptions: AIJsonUtilities.DefaultOptions,
            inferenceOptions: new AIJsonSchemaCreateOptions
            {
                TransformOptions = new() { DisallowAdditionalProperties = true },
            });
        _isWrapped = !(schema.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
            && type.ValueEquals("object"));
        if (_isWrapped)
            schema = JsonSerializer.SerializeToElement(new Dictionary<string, object>
            {
                ["type"] = "object",
                ["properties"] = new Dictionary<string, object> { [Wrapper] = schema },
                ["required"] = new[] { Wrapper },
                ["additionalProperties"] = false,
            });
        string name = new([.. typeof(T).Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        Format = ChatResponseFormat.ForJsonSchema(schema, name);
    }

    public static StructuredAnswer<T> Instance { get; } = new();

    public ChatResponseFormat Format { get; }

    /// <exception cref="ChatException">The answer is not of the type.</exception>
    public T Read(ChatResponse response)
    {
        try
        {
            var json = JsonElement.Parse(WithoutFence(response.Text));
            if (_isWrapped && json.ValueKind == JsonValueKind.Object && json.TryGetProperty(Wrapper, out JsonElement value)) json = value;
            return json.Deserialize<T>(AIJsonUtilities.DefaultOptions) ?? throw new JsonException("it is null");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            string what = $"the answer is no {FullTypeName.Of(typeof(T))}: {fault.Message}";
            throw new ChatException(ChatOutcome.Malformed, $"{what} It is «{AnswerCheck.Excerpt(response.Text)}».", fault)
            {
                Response = response,
            };
        }
    }

    // Models without schemas like to answer in a block of Markdown.
    private static string WithoutFence(string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith("```", StringComparison.Ordinal) || !trimmed.EndsWith("```", StringComparison.Ordinal)) return trimmed;
        int start = trimmed.IndexOf('\n', StringComparison.Ordinal);
        return start < 0 ? trimmed : trimmed[start..^3].Trim();
    }
}

/// <summary>Whether an answer is a whole one.</summary>
internal static class AnswerCheck
{
    private const string OpenAIRefusal = "Refusal";

    /// <exception cref="ChatException">It is truncated or a refusal.</exception>
    public static void Require(ChatResponse response)
    {
        if (OutcomeOf(response) is not { } outcome) return;
        string what = outcome == ChatOutcome.Truncated ? "the answer ended at its largest number of tokens"
            : $"the model refused to answer (finish reason '{response.FinishReason}')";
        throw new ChatException(outcome, $"{what}: «{Excerpt(response.Text)}».") { Response = response };
    }

    /// <summary>What keeps an answer from being used; null for a whole one.</summary>
    public static string? OutcomeOf(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.Length ? ChatOutcome.Truncated
        : response.FinishReason == ChatFinishReason.ContentFilter || IsRefusal(response) ? ChatOutcome.Refusal
        : null;

    public static string Excerpt(string text) => Printable.Line(text.Length <= 200 ? text : text[..200] + "…");

    private static bool IsRefusal(ChatResponse response) => response.Messages
        .SelectMany(message => message.Contents).OfType<ErrorContent>().Any(error => error.ErrorCode == OpenAIRefusal);
}
