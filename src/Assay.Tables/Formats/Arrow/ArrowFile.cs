namespace Assay.Tables.Arrow;

/// <summary>Rows that lie together: an array for each field.</summary>
internal sealed record ArrowBatch(int RowCount, ArrowArray[] Columns);

/// <summary>
/// The parts of an Arrow file as they lie in it, with a name each. Opened from a path, it is mapped, so that opening costs no more than
/// reading the metadata; whatever was taken from it is valid until it is disposed. Immutable, and safe to read from several threads at once.
/// </summary>
internal sealed class ArrowFile : IDisposable
{
    private readonly IDisposable? _mapping;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public ArrowFile(ArrowSchema schema, IReadOnlyList<ArrowBatch> batches, IDisposable? mapping = null)
    {
        _mapping = mapping;
        Schema = schema;
        Batches = batches;
        long rowCount = batches.Sum(batch => (long)batch.RowCount);
        RowCount = rowCount <= int.MaxValue ? (int)rowCount : throw ArrowSource.Fault(0, $"{rowCount} rows are more than a table can hold, {int.MaxValue}");
        for (int i = 0; i < schema.Fields.Count; i++) _positions.TryAdd(schema.Fields[i].Name, i);
    }

    public ArrowSchema Schema { get; }

    public IReadOnlyList<ArrowBatch> Batches { get; }

    public int RowCount { get; }

    /// <summary>What the writer noted about the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Schema.Metadata;

    /// <summary>The column of a name in a file of a single batch.</summary>
    /// <exception cref="TableException">There is no such column, or the file has several batches.</exception>
    public ArrowArray this[string name] => TryGet(name) ?? throw new TableException($"There is no column '{name}' in the file, or it is not in one batch ({Batches.Count}).");

    /// <summary>As the indexer, null where there is no such column.</summary>
    public ArrowArray? TryGet(string name) =>
        Batches.Count == 1 && _positions.TryGetValue(name, out int position) ? Batches[0].Columns[position] : null;

    /// <summary>Maps a file. Another process may put a new file in its place meanwhile, but must not change or cut this one.</summary>
    /// <exception cref="TableException">This is no Arrow file, or it is damaged.</exception>
    public static ArrowFile Open(string path)
    {
        MappedFile mapping = MappedFile.Open(path);
        try
        {
            return FileReader.Read(mapping, mapping);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file of a single batch from columns of one length. The stream need not be seekable, and stays open.</summary>
    public static void Write(Stream stream, IReadOnlyList<RawColumn> columns, IReadOnlyDictionary<string, string>? metadata = null)
    {
        int rowCount = columns.Count == 0 ? 0 : columns[0].Values.Length;
        if (columns.FirstOrDefault(column => column.Values.Length != rowCount) is { } other)
            throw new TableException($"Column '{other.Field.Name}' has {other.Values.Length} values but '{columns[0].Field.Name}' has {rowCount}.");
        ArrowField[] fields = [.. columns.Select((column, i) => column.Field.Dictionary is { } encoding ? column.Field with { Dictionary = encoding with { Id = i } } : column.Field)];
        var writer = new ArrowWriter(stream, new ArrowSchema(fields, metadata ?? new Dictionary<string, string>()), isFile: true);
        for (int i = 0; i < fields.Length; i++)
            if (columns[i].Dictionary is { } entries) writer.WriteDictionary(i, entries);
        writer.WriteBatch(rowCount, [.. columns.Select(column => column.Values)]);
        writer.Finish();
    }

    public void Dispose() => _mapping?.Dispose();
}
