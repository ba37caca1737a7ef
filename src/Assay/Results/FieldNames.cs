using System.Globalization;

namespace Assay;

/// <summary>Finds parameters, labels and metrics by the names people type: any casing, <c>snake_case</c>, dotted paths, with or without <c>param_</c>.</summary>
internal sealed class FieldNames(IEnumerable<RunRecord> runs)
{
    /// <exception cref="AssayException">No run has the name.</exception>
    public void Require(string name)
    {
        bool any = false;
        foreach (RunRecord run in runs)
        {
            any = true;
            if (TryGet(run, name, out _)) return;
        }

        if (any) throw new AssayException($"no run has a parameter, label or metric called '{name}'; {Known()}{Meant(name)} Correct the name.");
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

    /// <summary>The exact name if there is one; otherwise the only one that is the same but for casing and underscores.</summary>
    /// <exception cref="AssayException">Several names are meant equally.</exception>
    public static bool TryGet(RunRecord run, string name, out object? value)
    {
        bool paramOnly = name.StartsWith("param_", StringComparison.Ordinal);
        string wanted = paramOnly ? name["param_".Length..] : name;
        IEnumerable<KeyValuePair<string, object?>>[] places = paramOnly ? [JsonObjects.Flatten(run.Params)] : [JsonObjects.Flatten(run.Params), run.Labels, run.Metrics];
        foreach (IEnumerable<KeyValuePair<string, object?>> place in places)
        {
            if (TryExact(place, wanted, out value)) return true;
        }

        foreach (IEnumerable<KeyValuePair<string, object?>> place in places)
        {
            if (TrySimilar(place, wanted, out value)) return true;
        }

        value = null;
        if (paramOnly) return false;
        bool isStatus = Plain(wanted) == "status";
        if (isStatus) value = RunStatusText.Text(run.Status);
        return isStatus;
    }

    public static bool TryGetNumber(RunRecord run, string name, out double number)
    {
        number = double.NaN;
        return TryGet(run, name, out object? value) && TryNumber(value, out number);
    }

    public static bool TryNumber(object? value, out double number)
    {
        bool isNumber = value is double or float or long or int or short or byte or uint or ushort or sbyte or ulong or decimal;
        number = isNumber ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        return isNumber;
    }

    public static bool SameValue(object? stored, object? wanted)
    {
        // As integers where both are: doubles cannot tell large neighbours apart.
        if (Integer(stored) is { } one && Integer(wanted) is { } other) return one == other;
        if (TryNumber(stored, out double a) && TryNumber(wanted, out double b)) return a.Equals(b);
        return wanted switch
        {
            Enum named => stored is string text && text == EnumText.Of(named),
            null => stored is null,
            string or bool => wanted.Equals(stored),
            double or float => stored is string text && text == JsonBuffer.NonFinite(Convert.ToDouble(wanted, CultureInfo.InvariantCulture)),
            _ => Same(stored, wanted),
        };
    }

    private static Int128? Integer(object? value) => value switch
    {
        long or int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong big => big,
        _ => null,
    };

    private static bool Same(object? stored, object wanted)
    {
        var json = new JsonBuffer();
        JsonValues.Plain(json, wanted);
        using var document = System.Text.Json.JsonDocument.Parse(json.WrittenMemory);
        object? value = JsonObjects.Value(document.RootElement);
        return value is string text ? text.Equals(stored) : Text(value) == Text(stored);
    }

    private static string Text(object? value) => System.Text.Json.JsonSerializer.Serialize(value, DataForm.Options);

    private static IEnumerable<string> Names(RunRecord run) =>
        JsonObjects.Flatten(run.Params).Select(p => p.Key).Concat(run.Labels.Keys).Concat(run.Metrics.Keys);

    private static bool TryExact(IEnumerable<KeyValuePair<string, object?>> fields, string wanted, out object? value)
    {
        foreach ((string name, object? found) in fields)
        {
            if (!string.Equals(name, wanted, StringComparison.Ordinal)) continue;
            value = found;
            return true;
        }

        value = null;
        return false;
    }

    private static bool TrySimilar(IEnumerable<KeyValuePair<string, object?>> fields, string wanted, out object? value)
    {
        string plain = Plain(wanted);
        KeyValuePair<string, object?>[] similar = [.. fields.Where(f => Plain(f.Key) == plain).Take(2)];
        if (similar.Length == 2) throw new AssayException($"'{wanted}' may mean '{similar[0].Key}' or '{similar[1].Key}'; give the exact name.");
        value = similar.Length == 1 ? similar[0].Value : null;
        return similar.Length == 1;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
