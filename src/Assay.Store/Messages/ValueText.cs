using System.Collections;
using System.Globalization;

namespace Assay.Messages;

/// <summary>Values as short text, the same in every culture: for messages and for the description of a space.</summary>
public static class ValueText
{
    private const int Longest = 80;

    /// <summary>The value as text: null as <c>null</c>, text in quotes, sequences in brackets; cut after 80 characters.</summary>
    public static string Of(object? value)
    {
        string text = value switch
        {
            null => "null",
            string s => $"\"{s}\"",
            bool b => b ? "true" : "false",
            Enum e => EnumText.Of(e),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Take(10).Select(Of)) + "]",
            _ => Invariant(value),
        };
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    /// <summary>The first few of many texts, with a count of the rest.</summary>
    public static string Few(IReadOnlyCollection<string> texts, int most = 8) => texts.Count <= most
        ? string.Join(", ", texts)
        : string.Join(", ", texts.Take(most)) + $" and {texts.Count - most} more";

    /// <summary>The first few of many texts, and a mark when there are more.</summary>
    internal static string First(IEnumerable<string> texts, int most, string separator = ", ")
    {
        string[] first = [.. texts.Take(most + 1)];
        return first.Length <= most ? string.Join(separator, first) : string.Join(separator, first[..most]) + separator + "…";
    }

    // A record's ToString formats its numbers in the current culture.
    private static string Invariant(object value)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return value.ToString() ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
