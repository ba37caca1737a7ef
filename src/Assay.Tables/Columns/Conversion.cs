namespace Assay.Tables;

/// <summary>Turns a boxed value of a column into a type of the user's choice, or says why not.</summary>
internal static class Conversion
{
    public static object? To(Type wanted, object? value, string column, int row)
    {
        Type bare = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (value is null)
            return bare != wanted || !wanted.IsValueType
                ? null
                : throw Fault(wanted, value, column, row, $"use {wanted.Name}? to allow nulls");
        if (bare.IsInstanceOfType(value)) return value;
        object? converted;
        try
        {
            converted = Convert(bare, value);
        }
        catch (TableException fault)
        {
            throw new TableException($"Column '{column}', row {row}: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or InvalidCastException or ArgumentException
            or JsonException or NotSupportedException)
        {
            throw Fault(wanted, value, column, row, "choose a type that holds it without loss", fault);
        }

        return converted ?? throw Fault(wanted, value, column, row, "choose a type that holds it without loss");
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
        if (wanted == typeof(Half)) return (Half)System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (value is double fraction && IsWhole(wanted) && fraction != Math.Truncate(fraction)) return null;
        if (value is long large && wanted == typeof(double) && !Numbers.IsExact(large)) return null;
        return wanted.IsPrimitive || wanted == typeof(decimal)
            ? System.Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsWhole(Type type) => ColumnFactory.TypeOf(type) == ColumnType.Int64;

    private static TableException Fault(Type wanted, object? value, string column, int row, string remedy, Exception? inner = null)
    {
        string shown = value is null ? "null" : $"'{ValueText.Of(value)}'";
        return new($"Column '{column}', row {row}: {shown} does not convert to {wanted.Name}; {remedy}.", inner);
    }
}
