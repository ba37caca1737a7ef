using System.Globalization;

namespace Assay;

/// <summary>Converts values to the types of members, if the conversion loses nothing.</summary>
internal static class MemberValue
{
    /// <summary>Converts a value; on failure gives the problem, as in "is of type string, expected int".</summary>
    public static bool TryConvert(object? value, Type target, bool allowsNull, out object? converted, out string problem)
    {
        (converted, problem) = (value, "");
        Type type = Nullable.GetUnderlyingType(target) ?? target;
        if (value is null)
        {
            if (allowsNull) return true;
            problem = $"is not a value of type {TypeName.Of(target)}; leave it out, or declare the member as {TypeName.Of(type)}?";
            return false;
        }
        if (type.IsInstanceOfType(value)) return true;
        if (type.IsEnum && value is string name) return TryConvertName(name, type, out converted, out problem);
        if (IsNumber(value.GetType()) && IsNumber(type)) return TryConvertNumber(value, type, out converted, out problem);
        problem = $"is of type {TypeName.Of(value.GetType())}, expected {TypeName.Of(type)}; give a value of that type";
        return false;
    }

    /// <summary>Whether the type is a numeric type whose values convert to other numeric types.</summary>
    public static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static bool TryConvertName(string name, Type type, out object? converted, out string problem)
    {
        string[] names = Enum.GetNames(type);
        string? match = names.FirstOrDefault(n => n == name)
            ?? names.FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        converted = match is null ? null : Enum.Parse(type, match);
        problem = match is not null ? "" : $"is not a value of {TypeName.Of(type)}; its values are {ValueText.Few(names, most: 12)}";
        return match is not null;
    }

    private static bool TryConvertNumber(object value, Type type, out object? converted, out string problem)
    {
        (converted, problem) = (null, "");
        try
        {
            object number = Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
            object back = Convert.ChangeType(number, value.GetType(), CultureInfo.InvariantCulture);
            // 0.1 is another number as float or decimal, but its digits are kept.
            if (back.Equals(value) || Digits(number) == Digits(value))
            {
                converted = number;
                return true;
            }
            problem = $"cannot be represented by {TypeName.Of(type)}, which would change it to {Digits(number)}; "
                + "give a value that it can represent, or change the type of the member";
        }
        catch (OverflowException)
        {
            problem = $"is outside the range of {TypeName.Of(type)}; give a value within the range, or change the type of the member";
        }
        return false;
    }

    private static string Digits(object number) => ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);
}
