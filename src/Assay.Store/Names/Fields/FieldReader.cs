namespace Assay.Names;

/// <summary>
/// The values of a field in the rows of a catalog: from columns as far as these have them, else from the runs. Not thread-safe.
/// </summary>
internal sealed class FieldReader(RunCatalog catalog, RunField field)
{
    private readonly FieldColumn?[] _columns = new FieldColumn?[catalog.Segments.Count];
    private readonly bool[] _isKnown = new bool[catalog.Segments.Count];

    /// <summary>
    /// The column that has the field's values in a segment. A row without a value there may still have one; see <see cref="Values"/>.
    /// </summary>
    public FieldColumn? Column(int segment)
    {
        if (!_isKnown[segment]) (_isKnown[segment], _columns[segment]) = (true, field.Column(catalog.Segments[segment]));
        return _columns[segment];
    }

    /// <summary>As <see cref="RunField.Of"/>, for a row of a segment.</summary>
    public object?[]? Values(int segment, int row) =>
        Column(segment) is { } column && column.Has(row)
            ? [column[row]]
            : field.Of(new RunValues(catalog.Record(catalog.Bases[segment] + row)));

    /// <summary>As <see cref="RunField.Single"/>, for a row of a segment.</summary>
    public object? Single(int segment, int row) => RunField.SingleOf(Values(segment, row));

    /// <summary>Whether any of some rows has a value.</summary>
    public bool IsAnywhere(int[] rows)
    {
        (int Segment, int From, int To)[] slices = [.. RowSlices.Of(catalog, rows)];
        bool Any(Func<int, int, bool> has) => Array.Exists(slices, s =>
        {
            for (int i = s.From; i < s.To; i++)
            {
                if (has(s.Segment, rows[i] - catalog.Bases[s.Segment])) return true;
            }

            return false;
        });

        // Columns first: they cost no reading of lines.
        return Any((segment, row) => Column(segment)?.Has(row) == true) || Any((segment, row) => Values(segment, row) is not null);
    }
}
