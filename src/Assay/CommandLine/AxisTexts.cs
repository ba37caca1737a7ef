using System.Globalization;
using System.Reflection;
using System.Text;

namespace Assay;

/// <summary>The values that a command line gives a parameter: <c>LearningRate=0.1,0.2</c>.</summary>
/// <param name="Option">The option, for messages.</param>
/// <param name="Name">The name of the parameter, as it was written.</param>
/// <param name="Texts">The values, at least one.</param>
internal sealed record AxisTexts(string Option, string Name, List<string> Texts)
{
    private static readonly MethodInfo Parser =
        typeof(AxisTexts).GetMethod(nameof(TryParse), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The option and the name, as messages begin.</summary>
    public string Place => $"{Option} {Name}";

    /// <summary>Reads <c>A=1,2,B=3</c>. Values of a name that occurs before are added to it. Returns the fault, or null.</summary>
    public static string? Read(string option, string text, List<AxisTexts> all)
    {
        AxisTexts? current = null;
        foreach ((string? name, string value) in Items(text))
        {
            if (name is { Length: > 0 })
            {
                current = all.Find(axis => NearestNames.Normalise(axis.Name) == NearestNames.Normalise(name));
                if (current is null) all.Add(current = new AxisTexts(option, name, []));
            }

            if (current is null || name is "")
                return $"'{text}' begins without a name; expected NAME=VALUE, as in {option} LearningRate=0.1,0.2";
            current.Texts.Add(value);
        }

        return null;
    }

    /// <summary>The values as those of a type; null, with faults added, if one is not.</summary>
    public object?[]? Values(Type type, bool allowsNull, ICollection<string> faults)
    {
        object?[] values = new object?[Texts.Count];
        int before = faults.Count;
        for (int i = 0; i < values.Length; i++)
            if (Fault(Texts[i], type, allowsNull, out values[i]) is { } fault) faults.Add($"{Place}: {fault}");
        return faults.Count == before ? values : null;
    }

    // Commas and equality signs within quotation marks belong to the value.
    private static List<(string? Name, string Value)> Items(string text)
    {
        var items = new List<(string?, string)>();
        var part = new StringBuilder();
        string? name = null;
        char quote = '\0';
        foreach (char c in text)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'') quote = quote == '\0' ? c : '\0';
            else if (quote == '\0' && c == '=' && name is null)
            {
                name = part.ToString().Trim();
                part.Clear();
            }
            else if (quote == '\0' && c == ',')
            {
                items.Add((name, part.ToString().Trim()));
                name = null;
                part.Clear();
            }
            else part.Append(c);
        }

        items.Add((name, part.ToString().Trim()));
        return items;
    }

    private static string? Fault(string text, Type target, bool allowsNull, out object? value)
    {
        value = null;
        if (allowsNull && text == "null") return null;
        Type type = Nullable.GetUnderlyingType(target) ?? target;
        if (type.IsEnum) return MemberValue.Problem(text, type, allowsNull, out value) is { } problem ? $"'{text}' {problem}" : null;
        if (type == typeof(FileRef)) value = new FileRef(text);
        else if (type == typeof(DirectoryRef)) value = new DirectoryRef(text);
        else if (!IsParsable(type)) return $"values of type {TypeName.Of(type)} stand in the program only";
        else
        {
            object?[] arguments = [text, null];
            if (!(bool)Parser.MakeGenericMethod(type).Invoke(null, arguments)!) return $"'{text}' is no {TypeName.Of(type)}";
            value = arguments[1];
            return RangeFault(text, type, value);
        }

        return null;
    }

    // Parsers give infinity and 0 for what a type cannot hold: a run of another value than the one that was asked for.
    private static string? RangeFault(string text, Type type, object? value)
    {
        double? real = value switch { double d => d, float f => f, Half h => (double)h, decimal m => (double)m, _ => null };
        if (real is { } infinite && double.IsInfinity(infinite) && text.Any(char.IsAsciiDigit))
            return $"'{text}' is out of the range of {TypeName.Of(type)}; expected a number within it, or Infinity";
        return real == 0 && text.TakeWhile(c => c is not ('e' or 'E')).Any(c => c is >= '1' and <= '9')
            ? $"'{text}' is nearer to 0 than a {TypeName.Of(type)} can tell; expected another number, or 0" : null;
    }

    private static bool IsParsable(Type type) => type.GetInterfaces()
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GenericTypeArguments[0] == type);

    private static bool TryParse<T>(string text, out object? value) where T : IParsable<T>
    {
        bool parsed = T.TryParse(text, CultureInfo.InvariantCulture, out T? result);
        value = result;
        return parsed;
    }
}
