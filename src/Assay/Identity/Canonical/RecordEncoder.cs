namespace Assay;

/// <summary>
/// Writes records, structs and anonymous objects as an object of their members. The canonical form contains the name of the type, so that
/// two types with equal members differ; the plain form contains it only for a type with a base type or an interface of the user, where two
/// points may differ in their type alone. The parameters of an experiment are written without the name (<see cref="WriteMembers"/>), so
/// that renaming their type keeps the results.
/// </summary>
internal sealed class RecordEncoder : CanonicalEncoder
{
    private readonly RecordMember[] _declared;
    private readonly RecordMember[] _sorted;
    private readonly byte[] _typeName;
    private readonly bool _hasUserBase;

    private RecordEncoder(Type type, RecordMember[] members)
    {
        _declared = members;
        _sorted = [.. members.OrderBy(m => m.Name, StringComparer.Ordinal)];
        string name = RecordShape.IsAnonymous(type) ? "anonymous" : FullTypeName.Of(type);
        _typeName = new JsonBuffer().Raw("\"$type\":"u8).String(name).ToArray();
        _hasUserBase = RecordShape.HasUserBase(type);
    }

    public static RecordEncoder? TryCreate(Type type) =>
        RecordShape.TryMembers(type) is { } members ? new RecordEncoder(type, members) : null;

    public override void Write(CanonicalWriter writer, object value) => Write(writer, value, named: writer.Canonical || _hasUserBase);

    public void WriteMembers(CanonicalWriter writer, object value) => Write(writer, value, named: false);

    public void WriteNamed(CanonicalWriter writer, object value) => Write(writer, value, named: true);

    private void Write(CanonicalWriter writer, object value, bool named)
    {
        JsonBuffer json = writer.Json.Raw((byte)'{');
        // "$type" sorts before every member name, which starts with a letter or an underscore.
        if (named) json.Raw(_typeName);
        bool first = !named;
        foreach (RecordMember member in writer.Canonical ? _sorted : _declared)
        {
            if (!first) json.Raw((byte)',');
            first = false;
            member.Write(writer, value);
        }

        json.Raw((byte)'}');
    }
}
