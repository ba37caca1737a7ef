using System.Globalization;

namespace Assay;

/// <summary>Decides whether a value is a value of a member, and converts it when nothing is lost by it.</summary>
internal static class ValueFit
{
    /// <summary>The value as the member holds it, or false with what is wrong: "is text, expected int".</summary>
    public static bool TryFit(object? value, Type target, bool allowsNull, out object? fitted, out string problem)
    {
        (fitted, problem) = (value, "");
        Type wanted = Nullable.GetUnderlyingType(target) ?? target;
        if (value is null)
        {
            if (allowsNull) return true;
            problem = $"is no {TypeName.Of(target)}; leave the value out, or declare the member as {TypeName.Of(wanted)}?";
            return false;
        }
        if (wanted.IsInstanceOfType(value)) return true;
        if (wanted.IsEnum && value is string name) return TryEnum(name, wanted, out fitted, out problem);
        if (IsNumber(value.GetType()) && IsNumber(wanted)) return TryNumber(value, wanted, out fitted, out problem);
        problem = $"is of type {TypeName.Of(value.GetType())}, expected {TypeName.Of(wanted)}; give a value of that type";
        return false;
    }

    /// <summary>Whether values of the type are numbers that convert to one another.</summary>
    public static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    /// <summary>Whether values of the type are real numbers: <c>double</c>, <c>float</c> or <c>decimal</c>.</summary>
    public static bool IsReal(Type type) => Type.GetTypeCode(type) is TypeCode.Double or TypeCode.Single or TypeCode.Decimal;

    private static bool TryEnum(string name, Type wanted, out object? fitted, out string problem)
    {
        string? match = Enum.GetNames(wanted).FirstOrDefault(n => n == name)
            ?? Enum.GetNames(wanted).FirstOrDefault(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        fitted = match is null ? null : Enum.Parse(wanted, match);
        problem = match is not null ? "" : $"is no {TypeName.Of(wanted)}; its values are {ValueText.Few(Enum.GetNames(wanted), most: 12)}";
        return match is not null;
    }

    private static bool TryNumber(object value, Type wanted, out object? fitted, out string problem)
    {
        (fitted, problem) = (null, "");
        try
        {
            object converted = Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture);
            object back = Convert.ChangeType(converted, value.GetType(), CultureInfo.InvariantCulture);
            // 0.1 is another number as float or decimal, yet what was written is kept.
            if (back.Equals(value) || Digits(converted) == Digits(value))
            {
                fitted = converted;
                return true;
            }
            problem = $"cannot be kept by {TypeName.Of(wanted)}, which would make it {Digits(converted)}; "
                + "give a value that it can hold, or change the member's type";
        }
        catch (OverflowException)
        {
            problem = $"is outside the range of {TypeName.Of(wanted)}; give a smaller value, or change the member's type";
        }
        return false;
    }

    private static string Digits(object number) => ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);
}
