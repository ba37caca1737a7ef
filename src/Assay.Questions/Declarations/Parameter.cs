using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Questions;

/// <summary>The surfaces of the tool.</summary>
[Flags]
public enum Surfaces
{
    /// <summary>The command line.</summary>
    Shell = 1,

    /// <summary>The tools of the MCP server.</summary>
    Tools = 2,

    /// <summary>All of them.</summary>
    All = Shell | Tools,
}

/// <summary>
/// A parameter of a question: its names (that in JSON is in snake_case), its description for the help of the command and the schema of the
/// tool, the surfaces that have it, its bounds, and how its value is read, both from the words of a command line and from the JSON of a
/// tool call. Thread-safe.
/// </summary>
public abstract class Parameter(string name, string description, Surfaces on)
{
    private const int LongestShown = 80;

    /// <summary>The name in JSON.</summary>
    public string Name => name;

    /// <summary>The description in the help of the command.</summary>
    public string Description => description;

    /// <summary>The description in the schema of the tool. Default: <see cref="Description"/>.</summary>
    public string ToolDescription { get => field ?? description; init; }

    /// <summary>
    /// The name on the command line: of an option with its dashes, of a positional argument in capitals. Default: made from
    /// <see cref="Name"/>.
    /// </summary>
    public string ShellName
    {
        get => field ?? (IsPositional ? name.ToUpperInvariant() : "--" + name.Replace('_', '-'));
        init;
    }

    /// <summary>A short name on the command line, such as <c>-o</c>. Default: none.</summary>
    public string? Alias { get; init; }

    /// <summary>The placeholder of an option's value in the help. Default: none, for flags.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The surfaces that have it.</summary>
    public Surfaces On => on;

    /// <summary>Whether it is an argument of the command line without a name. Default: no.</summary>
    public bool IsPositional { get; init; }

    /// <summary>Whether it takes the words behind <c>--</c>. Default: no.</summary>
    public bool IsBehindDashes { get; init; }

    /// <summary>Whether a call without it is refused. Default: no.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is an option without a value.</summary>
    public virtual bool IsFlag => false;

    /// <summary>The least and the largest number of words that the command line takes for it.</summary>
    public virtual (int Least, int Most) Words => (IsRequired ? 1 : 0, 1);

    /// <summary>The value that the help shows as default; null where it shows none.</summary>
    public virtual string? ShownDefault => null;

    /// <summary>The JSON schema of its value.</summary>
    public JsonObject Schema()
    {
        JsonObject schema = Form();
        schema["description"] = ToolDescription;
        return schema;
    }

    /// <summary>The fault of the words of a command line; null when there is none.</summary>
    public virtual string? FaultOf(IReadOnlyList<string> words) => null;

    /// <summary>Type and bounds as JSON schema.</summary>
    private protected abstract JsonObject Form();

    /// <summary>The form of a value in JSON, in words.</summary>
    private protected abstract string Expected { get; }

    /// <summary>The fault of a required value that is missing.</summary>
    private protected AssayException Missing() => new($"{name} is missing; expected {Expected}.");

    /// <summary>The fault of a value in JSON.</summary>
    private protected AssayException Fault(JsonElement given, string detail = "")
    {
        string shown = Questions.Words.Cut(given.GetRawText(), LongestShown);
        return new AssayException($"{name} is {shown}{detail}; expected {Expected}.{(IsRequired ? "" : " Correct it, or leave it out.")}");
    }
}

/// <summary>A parameter with the type of its value.</summary>
public abstract class Parameter<T>(string name, string description, Surfaces on) : Parameter(name, description, on)
{
    /// <summary>The value that was given in a call, or the default.</summary>
    /// <exception cref="AssayException">The value is refused; the message names it, what was expected and what to do.</exception>
    public T Of(QuestionCall call)
    {
        if (call.Words(this) is { } words) return FromWords(words, call);
        if (call.Json(this) is { } json) return FromJson(json, call);
        return IsRequired && call.Surface == Surfaces.Tools ? throw Missing() : Default;
    }

    /// <summary>The value when none is given.</summary>
    private protected virtual T Default => default!;

    /// <summary>Reads the words of a command line.</summary>
    private protected abstract T FromWords(IReadOnlyList<string> words, QuestionCall call);

    /// <summary>Reads a value in JSON; never null.</summary>
    private protected abstract T FromJson(JsonElement given, QuestionCall call);
}
