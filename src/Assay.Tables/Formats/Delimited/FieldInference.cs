using System.Text;

namespace Assay.Tables;

/// <summary>
/// Tries the types from the narrowest on; the first that takes every value is the column's. Wrong types mostly fail at the first value.
/// </summary>
internal static class FieldInference
{
    private delegate bool Parser<T>(ReadOnlySpan<byte> text, out T value);

    public static Column Infer(string name, FieldColumn fields)
    {
        bool hasValue = Enumerable.Range(0, fields.Count).Any(row => !fields.IsNull(row));
        return !hasValue ? ColumnFactory.Nulls(name, ColumnType.String, fields.Count)
            : Try<bool>(name, ColumnType.Boolean, fields, TextValues.TryBoolean)
              ?? Try<long>(name, ColumnType.Int64, fields, TextValues.TryInt64)
              ?? Try<double>(name, ColumnType.Double, fields, TextValues.TryDouble)
              ?? Try<DateTimeOffset>(name, ColumnType.Timestamp, fields, TextValues.TryTimestamp)
              ?? Try<TimeSpan>(name, ColumnType.Duration, fields, TextValues.TryDuration)
              ?? TryJson(name, fields)
              ?? Strings(name, fields);
    }

    private static TypedColumn<T>? Try<T>(string name, ColumnType type, FieldColumn fields, Parser<T> parser)
    {
        T[]? values = null;
        var valid = new ulong[Validity.WordCount(fields.Count)];
        for (int row = 0; row < fields.Count; row++)
        {
            if (fields.IsNull(row)) continue;
            if (fields.IsText(row) || !parser(fields.Bytes(row), out T value)) return null;
            values ??= NewArray<T>(fields.Count);
            values[row] = value;
            valid[row >> 6] |= 1UL << (row & 63);
        }

        return new TypedColumn<T>(name, type, values!, Validity.From(valid, fields.Count));
    }

    private static T[] NewArray<T>(int count)
    {
        var values = new T[count];
        if (typeof(T) == typeof(double)) Array.Fill(values, Numbers.Absent<T>());
        return values;
    }

    private static Column? TryJson(string name, FieldColumn fields)
    {
        var texts = new string?[fields.Count];
        for (int row = 0; row < texts.Length; row++)
            if (!fields.IsNull(row) && !TextValues.TryJson(Encoding.UTF8.GetBytes(fields.Text(row)), out texts[row])) return null;
        return ColumnFactory.Strings(name, texts, ColumnType.Json);
    }

    private static Column Strings(string name, FieldColumn fields)
    {
        var texts = new string?[fields.Count];
        for (int row = 0; row < texts.Length; row++) texts[row] = fields.IsNull(row) ? null : fields.Text(row);
        return ColumnFactory.Strings(name, texts);
    }
}
