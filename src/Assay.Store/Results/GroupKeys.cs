using System.Runtime.InteropServices;

namespace Assay;

/// <summary>
/// Numbers the distinct values of a field in the order in which they come. Values are the same when their JSON is: 1 and 1.0 are different
/// parameters and make different groups, although a filter takes both. Not thread-safe.
/// </summary>
internal sealed class GroupKeys(RunCatalog catalog, int[] rows)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<object?> _values = [];

    /// <summary>The distinct values; null also stands for runs that have nothing of that name.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The number of each row's value.</summary>
    public int[] Of(RunField field)
    {
        var keys = new int[rows.Length];
        var reader = new FieldReader(catalog, field);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            int first = catalog.Bases[segment];
            int Other(int row) => Number(reader.Single(segment, row));
            FieldColumn? column = reader.Column(segment);
            switch (column?.Form)
            {
                case ColumnForm.Integer or ColumnForm.Real: Numbers(column, from, to, first, keys, Other); break;
                case ColumnForm.Text or ColumnForm.Json: Codes(column, from, to, first, keys, Other); break;
                default:
                    for (int i = from; i < to; i++) keys[i] = Other(rows[i] - first);
                    break;
            }
        }

        return keys;
    }

    private void Numbers(FieldColumn column, int from, int to, int first, int[] keys, Func<int, int> other)
    {
        bool isReal = column.Form == ColumnForm.Real;
        ReadOnlySpan<long> bits = isReal ? MemoryMarshal.Cast<double, long>(column.Reals.Span) : column.Integers.Span;
        var known = new Dictionary<long, int>();
        (long Bits, int Key) last = (0, -1);
        for (int i = from; i < to; i++)
        {
            int row = rows[i] - first;
            if (!column.IsValid(row)) keys[i] = other(row);
            else
            {
                if (last.Key < 0 || bits[row] != last.Bits)
                {
                    if (!known.TryGetValue(bits[row], out int key)) known.Add(bits[row], key = Number(column[row]));
                    last = (bits[row], key);
                }

                keys[i] = last.Key;
            }
        }
    }

    private void Codes(FieldColumn column, int from, int to, int first, int[] keys, Func<int, int> other)
    {
        ReadOnlySpan<int> codes = column.Codes.Span;
        var known = new int[column.Texts.Count];
        for (int i = from; i < to; i++)
        {
            int row = rows[i] - first;
            if (!column.IsValid(row)) keys[i] = other(row);
            else
            {
                ref int key = ref known[codes[row]];
                if (key == 0) key = Number(column[row]) + 1;
                keys[i] = key - 1;
            }
        }
    }

    private int Number(object? value)
    {
        string text = PlainJson.Of(value);
        if (_numbers.TryGetValue(text, out int number)) return number;
        _values.Add(value);
        _numbers.Add(text, number = _values.Count - 1);
        return number;
    }
}
