using System.Globalization;
using System.Numerics;

namespace Assay;

/// <summary>Finds parameters, labels and metrics by the names people type: any casing, <c>snake_case</c>, dotted paths, with or without <c>param_</c>.</summary>
internal sealed class FieldNames(Results runs)
{
    /// <exception cref="AssayException">No run has the name.</exception>
    public void Require(string name)
    {
        if (runs.OnColumns((catalog, rows) => rows.Length > 0 && !new NamedField(catalog, name).IsAnywhere(rows)))
            throw new AssayException($"no run has a parameter, label or metric called '{name}'; {Known()}{Meant(name)} Correct the name.");
    }

    public string Known()
    {
        string[] names = [.. runs.Take(1000).SelectMany(Names).Distinct(StringComparer.Ordinal)];
        return names.Length == 0 ? "there are none." : $"there are {string.Join(", ", names.Select(n => $"'{n}'"))}.";
    }

    private string Meant(string name)
    {
        string[] names = [.. runs.Take(1000).SelectMany(Names).Distinct(StringComparer.Ordinal)];
        string? inside = names.FirstOrDefault(n => Plain(n).EndsWith("." + Plain(name), StringComparison.Ordinal)) ?? (NearestNames.To(name, names) is [string nearest, ..] ? nearest : null);
        return inside is null ? "" : $" Did you mean '{inside}'?";
    }

    public static bool TryNumber(object? value, out double number)
    {
        bool isNumber = value is double or float or long or int or short or byte or uint or ushort or sbyte or ulong or decimal or BigInteger;
        number = value is BigInteger big ? (double)big : value is decimal exact ? NumberOrder.Nearest(exact) : isNumber ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        return isNumber;
    }

    public static bool SameValue(object? stored, object? wanted)
    {
        // As integers where both are: doubles cannot tell large neighbours apart.
        if (Integer(stored) is { } one && Integer(wanted) is { } other) return one == other;
        if (stored is decimal || (wanted is decimal && stored is not double)) return SameDecimal(stored, wanted);
        if (TryNumber(stored, out double a) && TryNumber(wanted, out double b)) return a.Equals(b);
        return wanted switch
        {
            Enum named => stored is string text && text == EnumText.Of(named),
            null => stored is null,
            // A text that reads NaN has come back as the number.
            string text when stored is double number && !double.IsFinite(number) => text == JsonBuffer.NonFinite(number),
            string or bool => wanted.Equals(stored),
            _ => Same(stored, wanted),
        };
    }

    // A decimal that a double tells apart from its neighbours is stored as one.
    private static bool SameDecimal(object? stored, object? wanted)
    {
        try
        {
            return stored is not string && wanted is not (string or null) && Decimal(stored) == Decimal(wanted);
        }
        catch (Exception fault) when (fault is OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private static decimal Decimal(object? value) => value is BigInteger big ? (decimal)big : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    public static BigInteger? Integer(object? value) => value switch
    {
        long or int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong big => big,
        Int128 big => big,
        UInt128 big => big,
        BigInteger big => big,
        _ => null,
    };

    private static bool Same(object? stored, object wanted)
    {
        using var document = System.Text.Json.JsonDocument.Parse(PlainJson.Of(wanted));
        object? value = JsonObjects.Value(document.RootElement);
        return value is string text ? text.Equals(stored) : Text(value) == Text(stored);
    }

    private static string Text(object? value) => PlainJson.Of(value);

    private static IEnumerable<string> Names(RunRecord run) =>
        JsonObjects.Flatten(run.Params).Select(p => p.Key).Concat(run.Labels.Keys).Concat(run.Metrics.Keys);

    public static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
