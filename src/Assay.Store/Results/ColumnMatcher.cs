using System.Numerics;

namespace Assay;

/// <summary>Whether the values of a column are the same as one that is wanted, in the sense of <see cref="FieldNames.SameValue"/>.</summary>
internal static class ColumnMatcher
{
    public static RowCondition Of(FieldColumn column, object? wanted)
    {
        RowCondition matches = Values(column, wanted);
        if (column.Valid is null) return matches;
        bool nullMatches = column.MissingIsNull && FieldNames.SameValue(null, wanted);
        return (rows, first, holds) =>
        {
            matches(rows, first, holds);
            for (int i = 0; i < rows.Length; i++)
            {
                if (!column.IsValid(rows[i] - first)) holds[i] = nullMatches;
            }
        };
    }

    private static RowCondition Values(FieldColumn column, object? wanted) => column.Form switch
    {
        ColumnForm.Integer when FieldNames.Integer(wanted) is { } whole => Integer(column, whole),
        ColumnForm.Real when FieldNames.TryNumber(wanted, out double number) => Real(column, number),
        ColumnForm.Text or ColumnForm.Json => Coded(column, wanted),
        _ => RowSlices.Each(row => column.IsValid(row) && FieldNames.SameValue(column[row], wanted)),
    };

    private static RowCondition Integer(FieldColumn column, BigInteger wanted)
    {
        bool isLong = wanted >= long.MinValue && wanted <= long.MaxValue;
        long number = isLong ? (long)wanted : 0;
        return (rows, first, holds) =>
        {
            ReadOnlySpan<long> values = column.Integers.Span;
            for (int i = 0; i < rows.Length; i++) holds[i] = isLong & values[rows[i] - first] == number;
        };
    }

    private static RowCondition Real(FieldColumn column, double wanted) => (rows, first, holds) =>
    {
        ReadOnlySpan<double> values = column.Reals.Span;
        for (int i = 0; i < rows.Length; i++) holds[i] = values[rows[i] - first].Equals(wanted);
    };

    private static RowCondition Coded(FieldColumn column, object? wanted)
    {
        var known = new bool?[column.Texts.Count];
        return (rows, first, holds) =>
        {
            ReadOnlySpan<int> codes = column.Codes.Span;
            for (int i = 0; i < rows.Length; i++)
            {
                if (!column.IsValid(rows[i] - first)) continue;
                int code = codes[rows[i] - first];
                holds[i] = known[code] ??= FieldNames.SameValue(column.Decoded(code), wanted);
            }
        };
    }
}
