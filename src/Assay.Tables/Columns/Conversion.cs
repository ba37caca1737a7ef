using System.Numerics;

namespace Assay.Tables;

/// <summary>Turns a boxed value of a column into a type of the user's choice, or says why not.</summary>
internal static class Conversion
{
    // Casts of whole numbers throw where the type does not hold them.
    private static readonly Dictionary<Type, Func<BigInteger, object>> Wholes = new()
    {
        [typeof(sbyte)] = n => (sbyte)n,
        [typeof(byte)] = n => (byte)n,
        [typeof(short)] = n => (short)n,
        [typeof(ushort)] = n => (ushort)n,
        [typeof(int)] = n => (int)n,
        [typeof(uint)] = n => (uint)n,
        [typeof(long)] = n => (long)n,
        [typeof(ulong)] = n => (ulong)n,
        [typeof(nint)] = n => (nint)n,
        [typeof(nuint)] = n => (nuint)n,
        [typeof(Int128)] = n => (Int128)n,
        [typeof(UInt128)] = n => (UInt128)n,
        [typeof(BigInteger)] = n => n,
    };

    private static readonly Dictionary<Type, Func<double, object>> Reals = new()
    {
        [typeof(double)] = n => n,
        [typeof(float)] = n => (float)n,
        [typeof(Half)] = n => (Half)n,
    };

    public static object? To(Type wanted, object? value, in ValuePlace place)
    {
        Type bare = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (value is null)
            return bare != wanted || !wanted.IsValueType
                ? null
                : throw Fault(wanted, value, place, $"use {wanted.Name}? to allow nulls");
        if (bare.IsInstanceOfType(value)) return value;
        object? converted;
        try
        {
            converted = Convert(bare, value);
        }
        catch (TableException fault)
        {
            throw new TableException($"{place}: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or InvalidCastException or ArgumentException
            or JsonException or NotSupportedException)
        {
            throw Fault(wanted, value, place, "choose a type that holds it without loss", fault);
        }

        return converted ?? throw Fault(wanted, value, place, "choose a type that holds it without loss");
    }

    private static object? Convert(Type wanted, object value) => value switch
    {
        _ when wanted == typeof(string) => ValueText.Of(value),
        JsonElement json => NestedMembers.Read(json, wanted),
        DateTimeOffset time => FromTime(wanted, time),
        TimeSpan span => wanted == typeof(TimeOnly) ? TimeOnly.FromTimeSpan(span) : null,
        string text => FromText(wanted, text),
        bool flag => wanted.IsPrimitive ? System.Convert.ChangeType(flag, wanted, CultureInfo.InvariantCulture) : null,
        _ => FromNumber(wanted, value),
    };

    private static object? FromTime(Type wanted, DateTimeOffset time) =>
        wanted == typeof(DateTime) ? time.UtcDateTime
        : wanted == typeof(DateOnly) ? DateOnly.FromDateTime(time.DateTime)
        : null;

    private static object? FromText(Type wanted, string text)
    {
        if (wanted.IsEnum) return Enum.Parse(wanted, text, ignoreCase: true);
        if (wanted == typeof(Guid)) return Guid.Parse(text);
        if (wanted == typeof(char)) return char.Parse(text);
        if (wanted == typeof(TimeSpan)) return TimeSpan.Parse(text, CultureInfo.InvariantCulture);
        if (wanted == typeof(DateTimeOffset))
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        if (wanted == typeof(DateOnly)) return DateOnly.Parse(text, CultureInfo.InvariantCulture);
        if (wanted == typeof(TimeOnly)) return TimeOnly.Parse(text, CultureInfo.InvariantCulture);
        if (wanted == typeof(System.Numerics.BigInteger)) return System.Numerics.BigInteger.Parse(text, CultureInfo.InvariantCulture);
        if (wanted == typeof(Uri)) return new Uri(text, UriKind.RelativeOrAbsolute);
        if (wanted == typeof(Version)) return Version.Parse(text);
        bool isSimple = wanted.IsPrimitive || wanted == typeof(decimal) || wanted == typeof(DateTime);
        return isSimple ? System.Convert.ChangeType(text, wanted, CultureInfo.InvariantCulture) : null;
    }

    private static object? FromNumber(Type wanted, object value)
    {
        if (wanted.IsEnum) return value is long whole ? Enum.ToObject(wanted, whole) : null;
        if (wanted == typeof(bool)) return value switch { 0L => false, 1L => true, _ => null };
        if (Wholes.TryGetValue(wanted, out Func<BigInteger, object>? cut)) return Whole(value) is { } exact ? cut(exact) : null;
        return Reals.TryGetValue(wanted, out Func<double, object>? round) ? Rounded(round, value)
            : wanted == typeof(decimal) ? ToDecimal(value) : null;
    }

    private static BigInteger? Whole(object value) => value switch
    {
        double real => double.IsInteger(real) ? new BigInteger(real) : null,
        decimal exact => decimal.IsInteger(exact) ? new BigInteger(exact) : null,
        BigInteger large => large,
        _ => BigInteger.Parse(Digits(value), CultureInfo.InvariantCulture),
    };

    // Of a double that is shown by the same digits as a number of fewer bits nothing is lost: it is what that number was written as.
    private static object? Rounded(Func<double, object> round, object value)
    {
        double near = value is double real ? real : Nearest(value);
        object rounded = round(near);
        double back = rounded is Half half ? (double)half : System.Convert.ToDouble(rounded, CultureInfo.InvariantCulture);
        bool isSame = value switch
        {
            double => back.Equals(near) || Nearest(rounded).Equals(near),
            decimal exact => ToDecimal(rounded) is decimal read && read == exact,
            _ => Whole(value) == new BigInteger(back),
        };
        return isSame ? rounded : null;
    }

    private static object? ToDecimal(object value) =>
        decimal.TryParse(Digits(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact)
            && (value is not double real || Nearest(exact).Equals(real)) ? exact : null;

    private static double Nearest(object value) => double.Parse(Digits(value), CultureInfo.InvariantCulture);

    private static string Digits(object value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);

    private static TableException Fault(Type wanted, object? value, in ValuePlace place, string remedy, Exception? inner = null)
    {
        string shown = value is null ? "null" : $"'{ValueText.Of(value)}'";
        return new($"{place}: {shown} does not convert to {wanted.Name}; {remedy}.", inner);
    }
}

/// <summary>The place of a value, for messages.</summary>
/// <param name="Kind"><c>column</c>, or what else has the name.</param>
/// <param name="Name">Its name.</param>
/// <param name="Row">The row in a column, from 0.</param>
internal readonly record struct ValuePlace(string Kind, string Name, int Row)
{
    public const string Column = "column";

    public override string ToString() => Kind == Column ? $"Column '{Name}', row {Row}" : $"{Kind} '{Name}'";
}
