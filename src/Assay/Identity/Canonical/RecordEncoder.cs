using System.Text;

namespace Assay;

/// <summary>
/// Records, structs and anonymous objects: an object of their members with the type's name, so that two record types with
/// equal members differ. The parameters themselves are written without the name (see <see cref="WriteMembers"/>):
/// renaming the record of an experiment keeps its results. In the plain form only a type that can stand for another one, because it has a base or an interface of the
/// user's, is named: without that, two points that differ in nothing else would look alike.
/// </summary>
internal sealed class RecordEncoder : CanonicalEncoder
{
    private readonly Member[] _declared;
    private readonly Member[] _sorted;
    private readonly byte[] _typeName;
    private readonly bool _standsForAnother;

    private RecordEncoder(Type type, RecordMember[] members)
    {
        _declared = [.. members.Select(m => new Member(m))];
        _sorted = [.. _declared.OrderBy(m => m.Name, StringComparer.Ordinal)];
        string name = RecordShape.IsAnonymous(type) ? "anonymous" : FullTypeName.Of(type);
        _typeName = new JsonBuffer().Raw("\"$type\":"u8).String(name).ToArray();
        _standsForAnother = RecordShape.StandsForAnother(type);
    }

    public static RecordEncoder? TryCreate(Type type) =>
        RecordShape.TryMembers(type) is { } members ? new RecordEncoder(type, members) : null;

    public override void Write(CanonicalWriter writer, object value) => Write(writer, value, typed: writer.Canonical || _standsForAnother);

    public void WriteMembers(CanonicalWriter writer, object value) => Write(writer, value, typed: false);

    /// <summary>The members of a value whose type is not the one that was declared, with the type's name.</summary>
    public void WriteNamed(CanonicalWriter writer, object value) => Write(writer, value, typed: true);

    private void Write(CanonicalWriter writer, object value, bool typed)
    {
        JsonBuffer json = writer.Json.Raw((byte)'{');
        // "$type" sorts before every member name, which starts with a letter or an underscore.
        if (typed) json.Raw(_typeName);
        bool first = !typed;
        foreach (Member member in writer.Canonical ? _sorted : _declared)
        {
            if (!first) json.Raw((byte)',');
            first = false;
            json.Raw(member.Key);
            member.Write(writer, value);
        }

        json.Raw((byte)'}');
    }

    private sealed class Member
    {
        private readonly Func<object, object?> _get;
        private readonly CanonicalEncoder? _sealed;

        public Member(RecordMember member)
        {
            Name = member.Name;
            Key = Encoding.UTF8.GetBytes(new JsonBuffer().Key(Name).ToString());
            _get = member.Get;
            Type type = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
            // A recursive record's member type is looked up when it is met, not while its own encoder is being made.
            _sealed = type.IsPrimitive || type == typeof(string) ? For(type) : null;
        }

        public string Name { get; }

        public byte[] Key { get; }

        public void Write(CanonicalWriter writer, object owner)
        {
            try
            {
                object? value = _get(owner);
                if (value is not null && _sealed is not null) _sealed.Write(writer, value);
                else writer.Value(value);
            }
            catch (CanonicalFormException fault) when (fault.Under(Name))
            {
                throw;
            }
        }
    }
}
