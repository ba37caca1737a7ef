namespace Assay.Tables;

/// <summary>
/// Numbers the different combinations of values in some columns, from 0, in the order of their first row. Every column is reduced to small
/// numbers on its own, so that combining two columns is arithmetic on integers.
/// </summary>
internal sealed class GroupIds(int[] ids, int[] firstRows)
{
    /// <summary>The group of each row.</summary>
    public int[] Ids => ids;

    /// <summary>The first row of each group.</summary>
    public int[] FirstRows => firstRows;

    public int Count => FirstRows.Length;

    public static GroupIds Of(ReadOnlySpan<Column> keys, int rowCount)
    {
        if (keys.Length == 0) return new GroupIds(new int[rowCount], rowCount == 0 ? [] : [0]);
        GroupIds groups = Of(keys[0]);
        foreach (Column key in keys[1..]) groups = Combine(groups, Of(key));
        return groups;
    }

    public static GroupIds Of(Column column) => column.Type switch
    {
        ColumnType.Boolean => Number(column.Validity, column.AsBooleans()),
        ColumnType.Int64 => Number(column.Validity, column.AsInt64s()),
        ColumnType.Double => Number(column.Validity, column.AsDoubles()),
        ColumnType.Timestamp => Number(column.Validity, column.AsTimestamps()),
        ColumnType.Duration => Number(column.Validity, column.AsDurations()),
        _ when column is IDictionaryCodes coded => Number(coded.Codes),
        _ => Number<string>(column.Validity, column.AsStrings()!),
    };

    /// <summary>Numbers of whichever type, by their values.</summary>
    public static GroupIds Of(ReadOnlySpan<ExactNumber> numbers, Validity? validity) => Number(validity, numbers);

    public static GroupIds Combine(GroupIds left, GroupIds right)
    {
        var pairs = new long[left.Ids.Length];
        for (int i = 0; i < pairs.Length; i++) pairs[i] = (long)left.Ids[i] * right.Count + right.Ids[i];
        return Number<long>(validity: null, pairs);
    }

    /// <summary>Numbers of entries are small already; they have to be counted in the order of their first row, and without gaps.</summary>
    private static GroupIds Number(TextCodes codes)
    {
        ReadOnlySpan<int> numbers = codes.Codes.Span;
        var ids = new int[numbers.Length];
        var first = new List<int>();
        // One place more, for null.
        var known = new int[codes.Entries.Length + 1];
        Array.Fill(known, -1);
        for (int i = 0; i < ids.Length; i++)
        {
            bool isNull = codes.Validity is { } validity && !validity[i];
            ref int id = ref known[isNull ? codes.Entries.Length : numbers[i]];
            if (id < 0)
            {
                id = first.Count;
                first.Add(i);
            }

            ids[i] = id;
        }

        return new GroupIds(ids, [.. first]);
    }

    private static GroupIds Number<T>(Validity? validity, ReadOnlySpan<T> values) where T : notnull
    {
        var known = new Dictionary<T, int>();
        var ids = new int[values.Length];
        var first = new List<int>();
        int nulls = -1;
        for (int i = 0; i < values.Length; i++)
        {
            bool isNull = validity is not null && !validity[i];
            int id = nulls;
            if (isNull ? nulls < 0 : !known.TryGetValue(values[i], out id))
            {
                id = first.Count;
                first.Add(i);
                if (isNull) nulls = id;
                else known.Add(values[i], id);
            }

            ids[i] = id;
        }

        return new GroupIds(ids, [.. first]);
    }
}

/// <summary>The rows of every group, one group after the other, each in the order of the table.</summary>
internal sealed class GroupRows
{
    private readonly int[] _rows;
    private readonly int[] _starts;

    public GroupRows(ReadOnlySpan<int> ids, int count)
    {
        Count = count;
        _starts = new int[count + 1];
        foreach (int id in ids) _starts[id + 1]++;
        for (int i = 0; i < count; i++) _starts[i + 1] += _starts[i];
        _rows = new int[ids.Length];
        int[] next = _starts[..^1];
        for (int i = 0; i < _rows.Length; i++) _rows[next[ids[i]]++] = i;
    }

    /// <summary>Number of groups; the single group of an ungrouped table counts even when it has no row.</summary>
    public int Count { get; }

    public ReadOnlySpan<int> this[int group] => _rows.AsSpan(_starts[group].._starts[group + 1]);
}
