namespace Assay.Tables;

/// <summary>Columns from sequences of values.</summary>
internal static class ColumnFactory
{
    public static Column Create<T>(string name, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        if (typeof(T) == typeof(double)) return Copy((IEnumerable<double>)(object)values, name, ColumnType.Double);
        if (typeof(T) == typeof(long)) return Copy((IEnumerable<long>)(object)values, name, ColumnType.Int64);
        if (typeof(T) == typeof(bool)) return Copy((IEnumerable<bool>)(object)values, name, ColumnType.Boolean);
        if (typeof(T) == typeof(DateTimeOffset)) return Copy((IEnumerable<DateTimeOffset>)(object)values, name, ColumnType.Timestamp);
        if (typeof(T) == typeof(TimeSpan)) return Copy((IEnumerable<TimeSpan>)(object)values, name, ColumnType.Duration);
        if (typeof(T) == typeof(string)) return Strings(name, ((IEnumerable<string?>)values).ToArray());

        var builder = new ColumnBuilder(name);
        foreach (T value in values) builder.AddObject(value);
        return builder.Build(TypeOf(typeof(T)));
    }

    public static Column Create<T>(string name, ReadOnlySpan<T> values, ReadOnlySpan<ulong> valid) where T : struct
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isOwn = typeof(T) == typeof(bool) || typeof(T) == typeof(long) || typeof(T) == typeof(double)
            || typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(TimeSpan);
        const string Expected = "use bool, long, double, DateTimeOffset or TimeSpan";
        if (!isOwn) throw new ArgumentException($"{typeof(T)} is no type of a column; {Expected}.", nameof(values));
        int words = Validity.WordCount(values.Length);
        if (valid.Length < words)
            throw new ArgumentException($"{values.Length} values need {words} words of bits, not {valid.Length}.", nameof(valid));
        T[] copy = values.ToArray();
        Validity? validity = Validity.From(valid[..words].ToArray(), copy.Length);
        Numbers.ClearNulls<T>(copy, validity);
        return new TypedColumn<T>(name, TypeOf(typeof(T)), copy, validity);
    }

    public static Column CreateJson(string name, IEnumerable<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string?[] texts = values.ToArray();
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text) continue;
            try
            {
                texts[i] = JsonText.Compact(text);
            }
            catch (JsonException fault)
            {
                string problem = $"'{text}' is not JSON ({fault.Message})";
                throw new TableException($"Column '{name}', row {i}: {problem}; use Column.Of for plain text.", fault);
            }
        }

        return Strings(name, texts, ColumnType.Json);
    }

    /// <summary>Takes the array over.</summary>
    public static Column Strings(string name, string?[] values, ColumnType type = ColumnType.String) =>
        new TypedColumn<string?>(name, type, values, Validity.From(values.Length, i => values[i] is not null));

    /// <summary>A column of texts that a file calls JSON; a column of text where one of them is not.</summary>
    public static TypedColumn<string?> JsonOrText(string name, string?[] texts, Validity? validity)
    {
        try
        {
            return new(name, ColumnType.Json, Array.ConvertAll(texts, text => text is null ? null : JsonText.Compact(text)), validity);
        }
        catch (JsonException)
        {
            return new(name, ColumnType.String, texts, validity);
        }
    }

    public static Column Nulls(string name, ColumnType type, int count)
    {
        var builder = new ColumnBuilder(name);
        builder.AddNulls(count);
        return builder.Build(type);
    }

    /// <summary>The type of a column of <paramref name="type"/> without values.</summary>
    public static ColumnType TypeOf(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsEnum || bare == typeof(char) || bare == typeof(Guid) || bare == typeof(object)) return ColumnType.String;
        if (bare == typeof(bool)) return ColumnType.Boolean;
        if (bare == typeof(double) || bare == typeof(float) || bare == typeof(Half) || bare == typeof(decimal)) return ColumnType.Double;
        if (bare == typeof(DateTimeOffset) || bare == typeof(DateTime) || bare == typeof(DateOnly)) return ColumnType.Timestamp;
        if (bare == typeof(TimeSpan) || bare == typeof(TimeOnly)) return ColumnType.Duration;
        return IsInteger(bare) ? ColumnType.Int64 : ColumnType.String;
    }

    private static bool IsInteger(Type type) => Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64
        || type == typeof(nint) || type == typeof(nuint) || type == typeof(Int128) || type == typeof(UInt128)
            || type == typeof(System.Numerics.BigInteger);

    private static TypedColumn<T> Copy<T>(IEnumerable<T> values, string name, ColumnType type) =>
        new(name, type, values.ToArray(), validity: null);
}
