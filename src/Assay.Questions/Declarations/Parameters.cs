using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Questions;

/// <summary>
/// A text that is turned into a value; in JSON it is not blank. Reading gets the call, and its name on its surface for messages.
/// </summary>
public class TextParameter<T>(string name, string description, Func<string, QuestionCall, string, T> parse, Surfaces on = Surfaces.All)
    : Parameter<T?>(name, description, on)
{
    /// <summary>The most characters of a value in JSON. Default: 1000.</summary>
    public int Longest { get; init; } = 1000;

    private protected override string Expected => $"a text of 1 to {Longest} characters";

    private protected override T FromWords(IReadOnlyList<string> words, QuestionCall call) => parse(words[^1], call, ShellName);

    private protected override T FromJson(JsonElement given, QuestionCall call) =>
        given.ValueKind == JsonValueKind.String && JsonObjects.Text(given) is var text && text.Length <= Longest
            && !string.IsNullOrWhiteSpace(text)
            ? parse(text, call, Name)
            : throw Fault(given);

    private protected override JsonObject Form() => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = Longest };
}

/// <summary>A text.</summary>
public sealed class TextParameter(string name, string description, Surfaces on = Surfaces.All)
    : TextParameter<string>(name, description, (text, _, _) => text, on);

/// <summary>
/// Several texts. On the command line they are several words, or the option is given again, or they stand in one word with commas between
/// them.
/// </summary>
public sealed class ListParameter(string name, string description, Surfaces on = Surfaces.All)
    : Parameter<IReadOnlyList<string>>(name, description, on)
{
    private const int Longest = 1000;

    /// <summary>The fewest elements in JSON. Default: 1.</summary>
    public int Least { get; init; } = 1;

    /// <summary>The most elements in JSON. Default: 50.</summary>
    public int Most { get; init; } = 50;

    /// <summary>The words that are allowed; on the command line in any casing. Default: all.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Whether the command line takes one word with commas between the elements. Default: no.</summary>
    public bool HasCommas { get; init; }

    /// <summary>The most words on the command line. Default: no bound.</summary>
    public int MostWords { get; init; } = 100_000;

    /// <inheritdoc/>
    public override (int Least, int Most) Words => HasCommas ? (0, 1) : (IsRequired ? 1 : 0, MostWords);

    private protected override string Expected =>
        $"a list of {Least} to {Most} texts{(Choices is null ? "" : ", each one of " + string.Join(", ", Choices))}, "
            + $"such as [\"{Choices?[0] ?? "…"}\"]";

    private protected override IReadOnlyList<string> Default => [];

    private protected override IReadOnlyList<string> FromWords(IReadOnlyList<string> words, QuestionCall call)
    {
        if (HasCommas) return [.. FieldList.Split(words[^1])];
        return Choices is null ? words : [.. words.Select(Choice)];
    }

    private protected override IReadOnlyList<string> FromJson(JsonElement given, QuestionCall call)
    {
        if (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() is var length && (length < Least || length > Most))
            throw Fault(given);
        foreach ((int i, JsonElement element) in given.EnumerateArray().Index())
            if (Wrong(element) is { } wrong) throw Fault(given, wrong.Length > 0 ? $", whose element {i + 1} is {wrong}" : "");
        return [.. given.EnumerateArray().Select(JsonObjects.Text)];
    }

    private protected override JsonObject Form()
    {
        var items = new JsonObject { ["type"] = "string" };
        if (Choices is null) (items["minLength"], items["maxLength"]) = (1, Longest);
        else items["enum"] = new JsonArray([.. Choices.Select(c => (JsonNode)c)]);
        return new JsonObject { ["type"] = "array", ["items"] = items, ["minItems"] = Least, ["maxItems"] = Most };
    }

    private string Choice(string word) => Choices!.FirstOrDefault(c => string.Equals(c, word, StringComparison.OrdinalIgnoreCase))
        ?? throw new AssayException($"{ShellName} is '{word}'; expected {string.Join(", ", Choices!)}. Correct it.");

    // Empty where the message lists the choices anyway.
    private string? Wrong(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.String) return "no text";
        string text = JsonObjects.Text(given);
        if (text.Length == 0) return "an empty text";
        if (string.IsNullOrWhiteSpace(text)) return "a blank text";
        if (text.Length > Longest) return FormattableString.Invariant($"a text of {text.Length} characters, more than {Longest}");
        return Choices?.Contains(text, StringComparer.Ordinal) is false ? "" : null;
    }
}

/// <summary>One of some words, by default the first.</summary>
public sealed class ChoiceParameter(string name, string description, IReadOnlyList<string> choices)
    : Parameter<string>(name, description, Surfaces.All)
{
    private protected override string Default => choices[0];

    private protected override string Expected => "one of " + string.Join(", ", choices);

    private protected override string FromWords(IReadOnlyList<string> words, QuestionCall call) =>
        choices.Contains(words[^1], StringComparer.Ordinal)
            ? words[^1]
            : throw new AssayException($"{ShellName} is '{words[^1]}'; expected {Expected}. Correct it.");

    private protected override string FromJson(JsonElement given, QuestionCall call) =>
        given.ValueKind == JsonValueKind.String && JsonObjects.Text(given) is var text
            && choices.Contains(text, StringComparer.Ordinal) ? text : throw Fault(given);

    private protected override JsonObject Form() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)c)]), ["default"] = choices[0] };
}

/// <summary>
/// A whole number with bounds, and its value when none is given. The upper bound holds for tools only, whose answers are bounded.
/// </summary>
public sealed class NumberParameter(
    string name, string description, long least, long most, long? otherwise = null, Surfaces on = Surfaces.All)
    : Parameter<long?>(name, description, on)
{
    /// <inheritdoc/>
    public override string? ShownDefault => otherwise?.ToString(CultureInfo.InvariantCulture);

    private protected override long? Default => otherwise;

    private protected override string Expected => FormattableString.Invariant($"a whole number from {least} to {most}");

    /// <summary>The value of a parameter that has a default and bounds within <see cref="int"/>.</summary>
    /// <exception cref="AssayException">The value is refused.</exception>
    public int Count(QuestionCall call) => checked((int)Of(call)!.Value);

    /// <inheritdoc/>
    public override string? FaultOf(IReadOnlyList<string> words) => words is [var word] && Read(word) is null
        ? FormattableString.Invariant($"{ShellName} is '{word}'; expected a whole number from {least}.")
        : null;

    private protected override long? FromWords(IReadOnlyList<string> words, QuestionCall call) => Read(words[^1]);

    // 20.0 is a whole number in JSON, and some clients write them so.
    private protected override long? FromJson(JsonElement given, QuestionCall call) =>
        given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out double real) && Math.Floor(real) == real
            && real >= least && real <= most
            ? given.TryGetInt64(out long exact) ? exact : (long)real
            : throw Fault(given);

    private protected override JsonObject Form()
    {
        var form = new JsonObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most };
        if (otherwise is { } value) form["default"] = value;
        return form;
    }

    private int? Read(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least ? number : null;
}

/// <summary>A number between two bounds, which it may not reach, and its value when none is given.</summary>
public sealed class RealParameter(
    string name, string description, double above, double below, double? otherwise = null, Surfaces on = Surfaces.All)
    : Parameter<double?>(name, description, on)
{
    /// <inheritdoc/>
    public override string? ShownDefault => otherwise?.ToString(CultureInfo.InvariantCulture);

    private protected override double? Default => otherwise;

    private protected override string Expected => double.IsPositiveInfinity(below)
        ? FormattableString.Invariant($"a number above {above}")
        : FormattableString.Invariant($"a number above {above} and below {below}");

    /// <inheritdoc/>
    public override string? FaultOf(IReadOnlyList<string> words) =>
        words is [var word] && Read(word) is null ? $"{ShellName} is '{word}'; expected {Expected}." : null;

    private protected override double? FromWords(IReadOnlyList<string> words, QuestionCall call) => Read(words[^1]);

    private protected override double? FromJson(JsonElement given, QuestionCall call) =>
        given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out double real) && real > above && real < below
            ? real : throw Fault(given);

    private protected override JsonObject Form()
    {
        var form = new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = above };
        if (double.IsFinite(below)) form["exclusiveMaximum"] = below;
        if (otherwise is { } value) form["default"] = value;
        return form;
    }

    private double? Read(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > above && number < below
            ? number : null;
}

/// <summary>Yes or no; no when it is left out.</summary>
public sealed class FlagParameter(string name, string description, Surfaces on = Surfaces.All) : Parameter<bool>(name, description, on)
{
    /// <inheritdoc/>
    public override bool IsFlag => true;

    private protected override string Expected => "true or false";

    private protected override bool FromWords(IReadOnlyList<string> words, QuestionCall call) => true;

    private protected override bool FromJson(JsonElement given, QuestionCall call) => given.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(given),
    };

    private protected override JsonObject Form() => new() { ["type"] = "boolean", ["default"] = false };
}
