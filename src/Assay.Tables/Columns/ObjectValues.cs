using System.Numerics;
using System.Text.Json.Nodes;

namespace Assay.Tables;

/// <summary>Sorts any object into the kind of value a column can hold.</summary>
internal static class ObjectValues
{
    public static void AddObject(this ColumnBuilder column, object? value)
    {
        switch (value)
        {
            case null or DBNull: column.AddNulls(1); break;
            case double number: column.Add(number); break;
            case long number: column.Add(number); break;
            case int number: column.Add((long)number); break;
            case string text: column.Add(text); break;
            case bool flag: column.Add(flag); break;
            case float number: column.Add((double)number); break;
            case decimal number: AddDecimal(column, number); break;
            case Enum name: column.Add(name.ToString()); break;
            case DateTimeOffset time: column.Add(time); break;
            case DateTime time: column.Add(ToTimestamp(time)); break;
            case DateOnly date: column.Add(new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero)); break;
            case TimeSpan span: column.Add(span); break;
            case TimeOnly time: column.Add(time.ToTimeSpan()); break;
            case char character: column.Add(character.ToString()); break;
            case Guid id: column.Add(id.ToString()); break;
            case JsonElement element: AddElement(column, element); break;
            case JsonNode node: AddElement(column, NestedValues.Element(node, column.Name)); break;
            case byte or sbyte or short or ushort or uint: column.Add(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case nint number: column.Add((long)number); break;
            case ulong number: AddBig(column, number); break;
            case nuint number: AddBig(column, number); break;
            case Int128 number: AddBig(column, (BigInteger)number); break;
            case UInt128 number: AddBig(column, (BigInteger)number); break;
            case BigInteger number: AddBig(column, number); break;
            case Half number: column.Add((double)number); break;
            default: AddElement(column, NestedValues.Element(value, column.Name)); break;
        }
    }

    /// <summary>A scalar as itself, anything nested as JSON.</summary>
    public static void AddElement(this ColumnBuilder column, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined: column.AddNulls(1); break;
            case JsonValueKind.True or JsonValueKind.False: column.Add(element.GetBoolean()); break;
            case JsonValueKind.String: column.Add(element.GetString()!); break;
            case JsonValueKind.Number: AddNumber(column, element.GetRawText()); break;
            default: column.AddJson(JsonText.Compact(element)); break;
        }
    }

    /// <summary>A JSON number: whole digits stay whole; text where no 64 bits hold them, and beyond the largest double.</summary>
    public static void AddNumber(this ColumnBuilder column, string digits)
    {
        bool hasWholeDigits = digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && digits != "-0";
        if (hasWholeDigits)
        {
            if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) column.Add(whole);
            else column.Add(digits);
            return;
        }

        double number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(number)) column.Add(number);
        else column.Add(digits);
    }

    private static void AddBig(ColumnBuilder column, BigInteger number)
    {
        if (number >= long.MinValue && number <= long.MaxValue) column.Add((long)number);
        else column.Add(number.ToString(CultureInfo.InvariantCulture));
    }

    private static void AddDecimal(ColumnBuilder column, decimal number)
    {
        double near = (double)number;
        string digits = near.ToString("R", CultureInfo.InvariantCulture);
        bool isSame = decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal back) && back == number;
        if (isSame) column.Add(near);
        else column.Add(number.ToString(CultureInfo.InvariantCulture));
    }

    // A time of unknown zone is taken as UTC: the same table then means the same on every machine.
    private static DateTimeOffset ToTimestamp(DateTime time) => time.Kind == DateTimeKind.Local
        ? new DateTimeOffset(time)
        : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
