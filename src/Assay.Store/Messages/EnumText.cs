using System.Globalization;

namespace Assay.Messages;

/// <summary>Enum values as text: the name, names separated by commas for combined flags, or the number of a value without a name.</summary>
public static class EnumText
{
    /// <summary>The same in every culture; the framework writes a nameless value with the minus sign of the machine's.</summary>
    public static string Of(Enum value)
    {
        string text = value.ToString();
        if (char.IsLetter(text[0]) || text[0] == '_') return text;
        object number = Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture);
        return Convert.ToString(number, CultureInfo.InvariantCulture)!;
    }
}
