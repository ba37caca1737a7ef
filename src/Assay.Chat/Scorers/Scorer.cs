using System.Text.RegularExpressions;

namespace Assay.Chat;

/// <summary>
/// Judges the text of an answer by what is expected, in two parts that are both recorded: what is taken out of the answer, and how it
/// compares. An answer with nothing to take out of it is incorrect, and says so. Immutable and thread-safe.
/// </summary>
public sealed class Scorer
{
    private readonly Func<string, string?> _extract;
    private readonly Func<string, string, double> _compare;
    private readonly string _missing;

    /// <summary>Creates a scorer of your own.</summary>
    /// <param name="extract">Takes what is compared out of the text of an answer; null where it is not there.</param>
    /// <param name="compare">Compares it with what is expected: from 0, incorrect, to 1, correct.</param>
    /// <param name="missing">What is said of answers that have it not. Default: "nothing to compare in the answer".</param>
    public Scorer(Func<string, string?> extract, Func<string, string, double> compare, string missing = "nothing to compare in the answer")
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(compare);
        (_extract, _compare, _missing) = (extract, compare, missing);
    }

    /// <summary>The whole answer, without white space around it, is what is expected.</summary>
    public static Scorer Exact { get; } = new(text => text.Trim(), (found, expected) => Of(found == expected.Trim()));

    /// <summary>As <see cref="Exact"/>, without regard to casing, punctuation, articles and the length of white space.</summary>
    public static Scorer Normalised { get; } =
        new(text => text.Trim(), (found, expected) => Of(AnswerWords.Normal(found) == AnswerWords.Normal(expected)));

    /// <summary>What is expected is part of the answer, without regard to casing.</summary>
    public static Scorer Contains { get; } =
        new(text => text.Trim(), (found, expected) => Of(found.Contains(expected.Trim(), StringComparison.OrdinalIgnoreCase)));

    /// <summary>The F1 of the words of answer and expectation, as in the SQuAD data set (Rajpurkar et al. 2016).</summary>
    public static Scorer F1 { get; } = new(text => text.Trim(), AnswerWords.F1);

    /// <summary>
    /// The number in the answer: after the last <c>####</c>, else after the last <c>A:</c> or <c>answer</c>, else the last one. Knows
    /// <c>$1,234.50</c>, <c>18.</c>, <c>-3e5</c>, <c>3/4</c>, <c>1 1/2</c> and <c>50%</c>, which is 50.
    /// </summary>
    /// <param name="absolute">The largest difference that is correct. Default: 0.</param>
    /// <param name="relative">The same as a part of what is expected. Default: 1e-9, which forgives the coding of numbers only.</param>
    public static Scorer Numeric(double absolute = 0, double relative = 1e-9) => new(NumberInText.Find, (found, expected) =>
    {
        double wanted = NumberInText.Find(expected) is { } text ? NumberInText.Value(text) : throw new AssayException(
            $"the expected answer '{Printable.Line(expected)}' has no number; expected one, as in '18' or '#### 18'.");
        double difference = Math.Abs(NumberInText.Value(found) - wanted);
        return Of(difference <= Math.Max(absolute, relative * Math.Abs(wanted)));
    }, "no number in the answer");

    /// <summary>What the first group of an expression matches, or all of it without groups; of several matches the last.</summary>
    /// <param name="pattern">A regular expression of .NET; matching an answer takes at most a second.</param>
    /// <exception cref="AssayException">The expression is not valid.</exception>
    public static Scorer Regex(string pattern)
    {
        Regex expression = Expression(pattern);
        return new Scorer(
            text => expression.Matches(text).LastOrDefault() is { } match ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : null,
            (found, expected) => Of(found.Trim() == expected.Trim()), $"no match of {pattern} in the answer");
    }

    /// <summary>A field of the JSON in the answer, which may stand in text: <c>result.value</c>.</summary>
    /// <param name="path">Names of members, with dots between them.</param>
    public static Scorer JsonField(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new Scorer(text => JsonInText.Field(text, path), (found, expected) => Of(JsonInText.Same(found, expected)),
            $"no field {path} in the answer");
    }

    /// <summary>The letter of a choice, as in <c>B</c>, <c>(B)</c>, <c>B.</c> or <c>answer: B</c>; of several the last.</summary>
    /// <param name="letters">The letters there are. Default: A to E.</param>
    public static Scorer Choice(string letters = "ABCDE")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(letters);
        string upper = System.Text.RegularExpressions.Regex.Escape(letters.ToUpperInvariant());
        string lower = System.Text.RegularExpressions.Regex.Escape(letters.ToLowerInvariant());
        // An article is no choice: a small letter counts where no word follows it, in running text a capital letter only.
        string letter = $@"[^A-Za-z0-9]*([{upper}](?![A-Za-z'])|[{lower}](?![A-Za-z0-9-]|'[A-Za-z]|[^\S\n]+\w))";
        // From what decides most to what decides least. "A: B" and lists of all choices begin with a letter that is no answer.
        Regex said = Expression($@"(?i:\banswer)\b[^A-Za-z0-9:]*(?::|(?i:is)\b){letter}");
        Regex first = Expression(
            $@"^[\s*(]*([{upper}{lower}])(?:[)*]*[.):]|\**[^\S\n]*(?:\n|$))(?!\W*[{upper}{lower}]\W*$)");
        Regex marked = Expression($@"\b(?i:answer|choice|option)\b(?:[^A-Za-z0-9]*(?i:is)\b)?{letter}");
        Regex lone = Expression($@"(?<![A-Za-z'])([{upper}])(?![A-Za-z'])");
        return new Scorer(
            Find, (found, expected) => Of(found.Equals(expected.Trim().Trim('(', ')', '.'), StringComparison.OrdinalIgnoreCase)),
            $"none of the letters {letters} in the answer");

        string? Find(string text) => text.Trim() is [var only] && letters.Contains(only, StringComparison.OrdinalIgnoreCase)
            ? $"{only}".ToUpperInvariant()
            : new[] { said, first, marked, lone }.Select(form => form.Matches(text).LastOrDefault())
                .FirstOrDefault(match => match is not null)?.Groups[1].Value.ToUpperInvariant();
    }

    /// <summary>The F1 of two sets of items, without regard to their order, casing and repetitions.</summary>
    /// <param name="separators">The signs that stand between items, besides line feeds. Default: comma and semicolon.</param>
    public static Scorer Set(string separators = ",;")
    {
        ArgumentNullException.ThrowIfNull(separators);
        char[] between = [.. separators, '\n'];
        return new Scorer(text => text.Trim(), (found, expected) => AnswerWords.F1(Items(found), Items(expected)));

        // A lone article may be an item, so it stays.
        HashSet<string> Items(string text) =>
            [.. text.Split(between).Select(item => item.Trim().ToLowerInvariant()).Where(item => item.Length > 0)];
    }

    /// <summary>The same comparison of what another function takes out of answers.</summary>
    public Scorer Of(Func<string, string?> extract) => new(extract, _compare, _missing);

    /// <summary>Judges an answer.</summary>
    /// <param name="answer">Its text.</param>
    /// <param name="expected">What is expected.</param>
    public Score Judge(string answer, string expected)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(expected);
        if (_extract(answer) is not { } found) return Score.Incorrect with { Reason = _missing, Expected = expected };
        return Score.Of(_compare(found, expected)) with { Extracted = found, Expected = expected };
    }

    private static double Of(bool isCorrect) => isCorrect ? 1 : 0;

    private static Regex Expression(string pattern, RegexOptions options = RegexOptions.None)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        try
        {
            return new Regex(pattern, options | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException fault)
        {
            throw new AssayException($"'{pattern}' is no regular expression: {fault.Message}", fault);
        }
    }
}
