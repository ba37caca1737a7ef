namespace Assay;

/// <summary>
/// Numbers the distinct values of a field, or of several, in the order they come. Values are the same when their JSON is: 1 and 1.0 are different parameters, and make different groups, although
/// a filter takes both. Not thread-safe.
/// </summary>
internal sealed class GroupKeys(RunCatalog catalog, int[] rows)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<object?> _values = [];

    /// <summary>The distinct values; null also stands for runs that have nothing of that name.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <summary>The number of each row's value.</summary>
    public int[] Of(string name)
    {
        var keys = new int[rows.Length];
        var field = new NamedField(catalog, name);
        foreach ((int segment, int from, int to) in RowSlices.Of(catalog, rows))
        {
            int first = catalog.Bases[segment];
            if (field.Only(segment) is { Form: ColumnForm.Integer or ColumnForm.Real } column) Numbers(column, from, to, first, keys);
            else if (field.Only(segment) is { Form: ColumnForm.Text or ColumnForm.Json } coded) Codes(coded, from, to, first, keys);
            else
            {
                for (int i = from; i < to; i++) keys[i] = Number(field.TryGet(segment, rows[i] - first, out object? value) ? value : null);
            }
        }

        return keys;
    }

    private void Numbers(FieldColumn column, int from, int to, int first, int[] keys)
    {
        bool isReal = column.Form == ColumnForm.Real;
        ReadOnlySpan<long> bits = isReal ? System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(column.Reals.Span) : column.Integers.Span;
        var known = new Dictionary<long, int>();
        (long Bits, int Key) last = (0, -1);
        for (int i = from; i < to; i++)
        {
            int row = rows[i] - first;
            if (!column.IsValid(row)) keys[i] = Number(null);
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

    private void Codes(FieldColumn column, int from, int to, int first, int[] keys)
    {
        ReadOnlySpan<int> codes = column.Codes.Span;
        var known = new int[column.Texts.Count];
        for (int i = from; i < to; i++)
        {
            int row = rows[i] - first;
            if (!column.IsValid(row)) keys[i] = Number(null);
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
