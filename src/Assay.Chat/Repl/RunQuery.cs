using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Chat;

/// <summary>A run as the prompt shows it.</summary>
/// <param name="Run">The run as the store has it.</param>
/// <param name="Status">Its status, with what executes and what was loaded from a file.</param>
/// <param name="File">What a loaded file says of it; null where there is none, or the store knows more.</param>
internal sealed record ListedRun(ChatRun Run, ChatStatus Status, SerializedRun? File)
{
    public ChatAddress Address => Run.Address;

    public long Index => Run.Index;

    /// <summary>As <c>ls</c> writes it.</summary>
    public string StatusText { get; } = Status.ToString().ToUpperInvariant();

    /// <summary><c>correct</c> and so on; empty without a score.</summary>
    public string Outcome => Status != ChatStatus.Complete ? "" : File is { } file ? file.Score?.ToLowerInvariant() ?? ""
        : Run.Score?.Outcome ?? "";
}

/// <summary>Chooses runs out of a list. See <see cref="Grammar"/>.</summary>
/// <param name="store">The runs of the store, for conditions.</param>
internal sealed class RunQuery(Func<IEnumerable<ListedRun>, Results> store)
{
    private static readonly TimeSpan RegexTime = TimeSpan.FromSeconds(1);

    /// <summary>How queries are written.</summary>
    public const string Grammar = """
        A query chooses runs of the last list; 'ls' alone lists all runs again.
          *             all of them
          text          those with the text in their address or status
          r:REGEX       those whose address or status the regular expression finds
          s:STATUS      those of a status (ready, incomplete, complete, fail) or a score (correct, incorrect, partial, unscored)
          a:3  a:[2-5]  the one, or those, at these places of the list; a:BATCH:3 an address
          w:CONDITION   those that fulfil a condition on what is recorded, such as w:'metrics.score < 1 and A > 3'
        An address alone, such as sums:3, chooses that run; where single runs are expected, so does a place alone: 3 or [2-5].
        Single or double quotes keep words together.
        """;

    /// <summary>The runs that a query chooses, in the order of the list.</summary>
    /// <param name="query">The text.</param>
    /// <param name="list">The last list.</param>
    /// <param name="all">All runs, for addresses.</param>
    /// <param name="takesPlaces">Whether a number alone is a place of the list.</param>
    /// <exception cref="AssayException">The query has a fault.</exception>
    public IReadOnlyList<ListedRun> Choose(
        string query, IReadOnlyList<ListedRun> list, IReadOnlyList<ListedRun> all, bool takesPlaces = false)
    {
        if (query is "" or "*") return list;
        if (At(query, all) is { } exact) return [exact];
        if (takesPlaces && Places(query, list) is { } places) return places;
        return query.Split(':', 2) switch
        {
            ["a", var target] => At(target, list) is { } run ? [run] : Places(target, list)
                ?? throw new AssayException($"'{Printable.Line(query)}' names no runs; expected a place such as a:3, a range such as "
                    + "a:[2-5], or an address of the list such as a:BATCH:3."),
            ["r", var pattern] => Matching(pattern, list),
            ["s", var status] => OfStatus(status, list),
            ["w", var condition] => Fulfilling(condition, list),
            _ => [.. list.Where(run => Contains(run.Address.ToString(), query) || Contains(run.StatusText, query))],
        };
    }

    private static ListedRun? At(string text, IReadOnlyList<ListedRun> runs) =>
        ChatAddress.TryParse(text) is { } address ? runs.FirstOrDefault(run => run.Address == address) : null;

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Null when the text is no place.
    private static IReadOnlyList<ListedRun>? Places(string text, IReadOnlyList<ListedRun> list)
    {
        if (Number(text) is { } place) return place < list.Count ? [list[place]] : throw Outside(text, list.Count);
        if (text is not ['[', .. var range, ']'] || range.Split('-') is not [var from, var to]) return null;
        if (Number(from) is not { } first || Number(to) is not { } last || first > last)
            throw new AssayException($"'{Printable.Line(text)}' is no range; expected two places, the smaller first, such as [2-5].");
        return last < list.Count ? [.. list.Skip(first).Take(last - first + 1)] : throw Outside(text, list.Count);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static AssayException Outside(string text, int count) => new(count == 0
        ? $"there is no run at {Printable.Line(text)}, because the list is empty; 'ls' lists all runs."
        : $"there is no run at {Printable.Line(text)}; the list has the places 0 to {count - 1}. 'ls' lists all runs.");

    private static IReadOnlyList<ListedRun> Matching(string pattern, IReadOnlyList<ListedRun> list)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, RegexTime);
            return [.. list.Where(run => regex.IsMatch(run.Address.ToString()) || regex.IsMatch(run.StatusText))];
        }
        catch (RegexParseException fault)
        {
            throw new AssayException($"'{Printable.Line(pattern)}' is no regular expression: {fault.Message}", fault);
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new AssayException($"the regular expression '{Printable.Line(pattern)}' takes too long; write a simpler one.", fault);
        }
    }

    private static IReadOnlyList<ListedRun> OfStatus(string text, IReadOnlyList<ListedRun> list)
    {
        string[] outcomes = ["correct", "incorrect", "partial", "unscored"];
        string wanted = text.ToLowerInvariant();
        if (outcomes.Contains(wanted)) return [.. list.Where(run => run.Outcome == wanted)];
        string[] statuses = [.. Enum.GetNames<ChatStatus>().Select(name => name.ToLowerInvariant())];
        string status = statuses.FirstOrDefault(name => name == wanted || (wanted == "failed" && name == "fail"))
            ?? throw new AssayException($"there is no status '{Printable.Line(text)}'; expected one of "
                + $"{string.Join(", ", statuses)}, {string.Join(", ", outcomes)}.");
        return [.. list.Where(run => run.StatusText.Equals(status, StringComparison.OrdinalIgnoreCase))];
    }

    private IReadOnlyList<ListedRun> Fulfilling(string condition, IReadOnlyList<ListedRun> list)
    {
        Results known = store(list);
        if (known.Count == 0)
            throw new AssayException("no run of the list is in the store, and a condition is about what is recorded; 'run_n' makes runs.");
        HashSet<string> chosen = [.. known.Where(condition).Select(run => run.Id)];
        return [.. list.Where(run => run.Run.Id is { } id && chosen.Contains(id))];
    }
}
