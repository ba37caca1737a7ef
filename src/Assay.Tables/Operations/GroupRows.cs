namespace Assay.Tables;

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
