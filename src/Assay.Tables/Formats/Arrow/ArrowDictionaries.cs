namespace Assay.Tables.Arrow;

/// <summary>The dictionaries of a file by their number, each with the field that says what its entries are.</summary>
internal sealed class ArrowDictionaries
{
    private readonly Dictionary<long, ArrowField> _fields = [];
    private readonly Dictionary<long, ArrowDictionary> _current = [];

    public ArrowDictionaries(ArrowSchema schema) => Register(schema.Fields);

    /// <summary>The dictionary as it stands; empty where its entries have not come, as in a column of nulls.</summary>
    public ArrowDictionary Get(long id)
    {
        if (!_current.TryGetValue(id, out ArrowDictionary? dictionary)) _current.Add(id, dictionary = new ArrowDictionary(_fields[id]));
        return dictionary;
    }

    /// <summary>Reads a message of entries, which come behind those there are or, in a stream, take their place.</summary>
    public void Read(ArrowSource source, ArrowMessage message)
    {
        long id = message.Header.Int64(0);
        if (!_fields.TryGetValue(id, out ArrowField? field)) throw message.Header.Fault($"no field has the dictionary {id}");
        ArrowArray values = new BatchReader(source, message, message.Header.Table(1), this).Read([field with { Dictionary = null }])[0];
        bool isDelta = message.Header.Flag(2);
        if (!isDelta) _current[id] = new ArrowDictionary(field);
        Get(id).Add(values);
    }

    private void Register(IReadOnlyList<ArrowField> fields)
    {
        foreach (ArrowField field in fields)
        {
            Register(field.Children);
            if (field.Dictionary is not { } encoding) continue;
            // With one definition for each number no dictionary can contain itself.
            if (!_fields.TryAdd(encoding.Id, field) && !IsAlike(field, _fields[encoding.Id]))
                throw ArrowSource.Fault(0, $"the fields '{field.Name}' and '{_fields[encoding.Id].Name}' share the dictionary {encoding.Id} but differ in type");
        }
    }

    private static bool IsAlike(ArrowField left, ArrowField right) =>
        left.Type == right.Type && left.Dictionary?.Id == right.Dictionary?.Id && left.Children.Count == right.Children.Count
        && left.Children.Zip(right.Children).All(pair => IsAlike(pair.First, pair.Second));
}
