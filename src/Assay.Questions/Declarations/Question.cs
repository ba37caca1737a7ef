using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Questions;

/// <summary>The command of a question.</summary>
/// <param name="Name">Its name, such as <c>ls</c>.</param>
/// <param name="Summary">What it does, without a full stop.</param>
/// <param name="Examples">Command lines for its help.</param>
public sealed record CommandText(string Name, string Summary, params IReadOnlyList<string> Examples);

/// <summary>The tool of a question.</summary>
/// <param name="Name">Its name in the protocol, such as <c>list_runs</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it does and when to take it, in sentences.</param>
public sealed record ToolText(string Name, string Title, string Description)
{
    /// <summary>The command that answers the same, where the question has none of its own.</summary>
    public string? Command { get; init; }

    /// <summary>Whether what was there before may be gone afterwards. Default: no.</summary>
    public bool Destroys { get; init; }

    /// <summary>Whether a second call changes nothing more. Default: yes.</summary>
    public bool IsIdempotent { get; init; } = true;
}

/// <summary>
/// A question that one can ask of a store, declared once: the command, the tool of the MCP server and the reference pages are made from it.
/// Without state, and thread-safe.
/// </summary>
public abstract class Question
{
    /// <summary>What an answer of a tool has at most, in bytes of JSON: about what agents take in from one call.</summary>
    public const int LongestToolAnswer = 40_000;

    /// <summary>The command; null where the question has none.</summary>
    public virtual CommandText? Command => null;

    /// <summary>The tool; null where the question has none.</summary>
    public virtual ToolText? Tool => null;

    /// <summary>The parameters of all surfaces, in the order of help and schema.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Whether it changes the store or a folder. Default: no.</summary>
    public virtual bool Writes => false;

    /// <summary>Whether interrupting the command ends the question in order instead of the process. Default: no.</summary>
    public virtual bool EndsOnInterrupt => false;

    /// <summary>The type of its answers.</summary>
    internal abstract Type AnswerType { get; }

    /// <summary>How its answers are written as JSON. Default: with the types of this assembly.</summary>
    public virtual JsonSerializerOptions Json => JsonText.Options;

    /// <summary>The parameters of a surface.</summary>
    public virtual IEnumerable<Parameter> ParametersOn(Surfaces surface) => Parameters.Where(p => p.On.HasFlag(surface));

    /// <summary>Answers the question.</summary>
    /// <exception cref="AssayException">An argument is refused or names nothing; the message says what was expected.</exception>
    /// <exception cref="StoreException">There is no store, or it cannot be read or written.</exception>
    /// <exception cref="DeclinedException">The person who was asked declined.</exception>
    public abstract Answer Ask(QuestionCall call);

    /// <summary>The answers of a question that goes on until its call is cancelled, one by one; null where there is one answer.</summary>
    public virtual IEnumerable<Answer>? Follow(QuestionCall call) => null;

    /// <summary>Writes an answer as text.</summary>
    public abstract void WriteText(Answer answer, Page page);

    /// <summary>An answer of this question as JSON text, over several lines or on one.</summary>
    public string ToJson(Answer answer, bool indented = true) => JsonText.Of(answer.Report, Json, indented);

    /// <summary>An answer as JSON for a tool: bounded, with a cursor where it has pages and remarks on what is missing.</summary>
    public JsonObject ToToolJson(Answer answer, QuestionCall call) =>
        AnswerJson.Of(JsonSerializer.SerializeToNode(answer.Report, Json.GetTypeInfo(answer.Report.GetType()))!.AsObject(), answer, call);

    /// <summary>The message of a fault at a shell, where it names commands.</summary>
    public static string ShellMessageOf(AssayException fault) =>
        fault is NameException ? fault.Message + " 'assay paths' lists all; text stands in quotes." : fault.Message;

    /// <summary>The message of a fault for a client of the server, where it names tools.</summary>
    public static string ToolMessageOf(AssayException fault) => fault switch
    {
        NameException => fault.Message + " list_paths lists all; text stands in quotes.",
        _ => QuestionException.ForTools(fault),
    };

    /// <summary>The JSON schema of the tool's arguments.</summary>
    public JsonObject InputSchema()
    {
        var properties = new JsonObject();
        foreach (Parameter parameter in ParametersOn(Surfaces.Tools)) properties[parameter.Name] = parameter.Schema();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        JsonNode[] required = [.. ParametersOn(Surfaces.Tools).Where(p => p.IsRequired).Select(p => (JsonNode)p.Name)];
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    /// <summary>The JSON schema of the tool's answers.</summary>
    public JsonObject OutputSchema() =>
        Questions.OutputSchema.Of(Json.GetTypeInfo(AnswerType), isPaged: Parameters.Contains(PageCursor.Parameter));

    /// <summary>Checks that the tool has every argument of a call: a misspelt one would otherwise be ignored.</summary>
    /// <exception cref="AssayException">It lacks one.</exception>
    public void RequireKnown(IEnumerable<string> arguments)
    {
        string[] known = [.. ParametersOn(Surfaces.Tools).Select(p => p.Name)];
        foreach (string name in arguments.Where(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            string shown = Words.Cut(name, 60);
            string meant = shown == name && NearestNames.To(name, known) is [string nearest, ..] ? $" Did you mean '{nearest}'?" : "";
            string expected = known.Length == 0 ? "none" : string.Join(", ", known);
            throw new AssayException($"'{shown}' is no argument of {Tool!.Name}; expected {expected}.{meant}");
        }
    }
}

/// <summary>A question with the type of its answers.</summary>
public abstract class Question<TReport> : Question where TReport : Report
{
    internal override Type AnswerType => typeof(TReport);

    /// <inheritdoc/>
    public override void WriteText(Answer answer, Page page)
    {
        page.Answer = answer;
        Write((TReport)answer.Report, page);
        if (answer.Report is RunsReport { EarlierLeftOut: > 0 and var left, HasLineOfEarlier: true })
            page.Line(EarlierRuns.LeftOut(left, RunParameters.Earlier.ShellName));
    }

    /// <summary>Writes an answer as text.</summary>
    protected virtual void Write(TReport report, Page page) => throw new NotSupportedException("A question without a command has no text.");
}
