using System.Globalization;
using System.Numerics;

namespace Assay.Tests.Exprag;

/// <summary>Values as Python shows and names them: what two of them have in common, their text has.</summary>
internal static class Python
{
    public static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        BigInteger => "int",
        double => "float",
        string => "str",
        List<object?> => "list",
        _ => "dict",
    };

    /// <summary>
    /// A text that is the same for equal values only, types included: 1, 1.0, True and "1" differ. Keys are sorted; every character that is
    /// not plain ASCII is escaped.
    /// </summary>
    public static string Repr(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        BigInteger whole => whole.ToString(CultureInfo.InvariantCulture),
        int or long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        double real => real.ToString("R", CultureInfo.InvariantCulture) is var digits && digits.All(c => char.IsAsciiDigit(c) || c == '-')
            ? digits + ".0" : real.ToString("R", CultureInfo.InvariantCulture),
        string text => "'" + string.Concat(text.Select(c =>
            c is >= ' ' and < '\u007f' and not '\'' and not '\\' ? c.ToString() : $"\\u{(int)c:x4}")) + "'",
        IReadOnlyDictionary<string, object?> members => "{" + string.Join(
            ", ", members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{Repr(m.Key)}: {Repr(m.Value)}")) + "}",
        System.Collections.IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Repr)) + "]",
        _ => throw new ArgumentException($"Python would not know a {value.GetType()}"),
    };
}
