namespace Assay.Tables.Arrow;

/// <summary>Copies the arrays of a field, one for each batch, into a column.</summary>
internal static class ArrayDecoder
{
    public static Column Decode(ArrowField field, IReadOnlyList<ArrowArray> parts, int count)
    {
        if (field.Dictionary is not null) return DictionaryArrays.Decode(field, parts, count);
        Validity? validity = Valid(parts, count);
        switch (field.Type.Kind)
        {
            case ArrowKind.Null: return ColumnFactory.Nulls(field.Name, ColumnType.String, count);
            case ArrowKind.Bool: return new TypedColumn<bool>(field.Name, ColumnType.Boolean, Booleans(parts, count, validity), validity);
            case ArrowKind.Int when field.Type is { Width: 64, IsSigned: false }: return NumberArrays.Unsigned(field, parts, count, validity);
            case ArrowKind.Int: return new TypedColumn<long>(field.Name, ColumnType.Int64, NumberArrays.Whole(field, parts, count, validity), validity);
            case ArrowKind.Float: return new TypedColumn<double>(field.Name, ColumnType.Double, NumberArrays.Fractions(field, parts, count, validity), validity);
            case ArrowKind.Decimal: return NumberArrays.Decimals(field, parts, count, validity);
            case ArrowKind.Date or ArrowKind.Timestamp: return TimeArrays.Timestamps(field, NumberArrays.Whole(field, parts, count, validity), validity);
            case ArrowKind.Time or ArrowKind.Duration: return TimeArrays.Durations(field, NumberArrays.Whole(field, parts, count, validity), validity);
            default: return field.Type.IsBytes ? TextArrays.Decode(field, parts, count, validity) : NestedArrays.Decode(field, parts, count, validity);
        }
    }

    public static Validity? Valid(IReadOnlyList<ArrowArray> parts, int count)
    {
        if (parts.Count == 1) return parts[0].Validity;
        return parts.All(part => part.Validity is null) ? null : Validity.Join(parts.Select(part => (part.Validity, part.Length)), count);
    }

    private static bool[] Booleans(IReadOnlyList<ArrowArray> parts, int count, Validity? validity)
    {
        var values = new bool[count];
        int at = 0;
        foreach (ArrowArray part in parts)
        {
            ReadOnlySpan<byte> bits = part.Buffers[1].Span;
            for (int i = 0; i < part.Length; i++) values[at++] = (bits[i >> 3] >> (i & 7) & 1) != 0;
        }

        NumberArrays.ClearNulls(values, validity);
        return values;
    }
}
