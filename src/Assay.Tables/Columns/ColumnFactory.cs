namespace Assay.Tables;

/// <summary>Columns from sequences of values.</summary>
internal static class ColumnFactory
{
    public static Column Create<T>(string name, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        if (IsOwn(typeof(T))) return new TypedColumn<T>(name, TypeOf(typeof(T)), values.ToArray(), validity: null);
        if (typeof(T) == typeof(string)) return Strings(name, ((IEnumerable<string?>)values).ToArray());

        var builder = new ColumnBuilder(name);
        foreach (T value in values) builder.AddObject(value);
        return builder.Build(TypeOf(typeof(T)));
    }

    public static Column Create<T>(string name, ReadOnlySpan<T> values, ReadOnlySpan<ulong> valid) where T : struct
    {
        ArgumentNullException.ThrowIfNull(name);
        const string Expected = "use bool, long, double, DateTimeOffset or TimeSpan";
        if (!IsOwn(typeof(T))) throw new ArgumentException($"{typeof(T)} is no type of a column; {Expected}.", nameof(values));
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

    /// <summary>A column of values that a file holds in another form; its type follows from the values, or is the given one.</summary>
    public static Column Converted<T>(string name, T[] values, Validity? validity, Func<T, object?> convert, ColumnType whenEmpty)
    {
        var builder = new ColumnBuilder(name);
        for (int i = 0; i < values.Length; i++) builder.AddObject(validity is null || validity[i] ? convert(values[i]) : null);
        return builder.Build(whenEmpty);
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

    // Types of columns, whose values are copied as they are.
    private static bool IsOwn(Type type) => type == typeof(bool) || type == typeof(long) || type == typeof(double)
        || type == typeof(DateTimeOffset) || type == typeof(TimeSpan);
}
