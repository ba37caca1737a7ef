using System.Text;

namespace Assay.Tables.Parquet;

/// <summary>
/// A structure as read: fields by number, so that fields this code does not know do no harm. Asking for a field that is missing or of
/// another type is a fault of the file.
/// </summary>
internal sealed class ThriftStruct(long offset)
{
    private readonly Dictionary<int, object> _fields = [];

    /// <summary>Where it begins in the file.</summary>
    public long Offset => offset;

    public void Add(int id, object value) => _fields[id] = value;

    public bool Has(int id) => _fields.ContainsKey(id);

    public long Number(int id) => Get<long>(id);

    public long Number(int id, long absent) => Has(id) ? Get<long>(id) : absent;

    public bool Flag(int id, bool absent) => Has(id) ? Get<bool>(id) : absent;

    public string Text(int id) => Encoding.UTF8.GetString(Get<byte[]>(id));

    public ThriftStruct Struct(int id) => Get<ThriftStruct>(id);

    public ThriftStruct? TryStruct(int id) => Has(id) ? Get<ThriftStruct>(id) : null;

    public IReadOnlyList<ThriftStruct> Structs(int id) => Has(id)
        ? Get<List<object>>(id).Select(item => item as ThriftStruct ?? throw Fault($"field {id} holds no structures")).ToArray()
        : [];

    public int ListCount(int id) => Get<List<object>>(id).Count;

    public TableException Fault(string fault) => new($"Byte {offset}: {fault}; the file is damaged or no Parquet file.") { ByteOffset = offset };

    private T Get<T>(int id) => _fields.TryGetValue(id, out object? value)
        ? value is T typed ? typed : throw Fault($"field {id} has the wrong type")
        : throw Fault($"field {id} is missing");
}
