using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Assay.Tables;

/// <summary>
/// Makes records of a type from rows: by the constructor with the most parameters among those that the columns can feed, and by the
/// properties and fields that can be set besides. A struct without a constructor starts from its default value.
/// </summary>
[RequiresUnreferencedCode(ObjectRows.NeedsMembers)]
internal sealed class RecordReader
{
    private readonly Type _type;
    private readonly RecordColumns _columns;
    private readonly string _kind;
    private readonly ConstructorInfo? _constructor;
    private readonly Func<int, object?>[] _arguments;
    private readonly (Action<object, object?> Set, Func<int, object?> Value)[] _members;

    /// <param name="type">The type of the records.</param>
    /// <param name="columns">The columns, each under the name by which members look for it.</param>
    /// <param name="kind">What messages call a column.</param>
    public RecordReader(Type type, IEnumerable<KeyValuePair<string, Column>> columns, string kind = ValuePlace.Column)
    {
        _type = type;
        _kind = kind;
        ConstructorInfo[] constructors = type.GetConstructors();
        Member[] settable = [.. Settable(type)];
        _columns = new RecordColumns(
            columns,
            [.. constructors.SelectMany(c => c.GetParameters()).Select(p => p.Name!), .. settable.Select(member => member.Name)]);
        _constructor = Constructor(constructors);
        ParameterInfo[] parameters = _constructor?.GetParameters() ?? [];
        _arguments = Array.ConvertAll(
            parameters, parameter => Source(parameter.Name!, parameter.ParameterType) ?? (_ => parameter.DefaultValue));
        HashSet<string> given = [.. parameters.Select(parameter => MemberNames.Plain(parameter.Name!))];
        _members = [.. Members(settable.Where(member => !given.Contains(MemberNames.Plain(member.Name))))];
    }

    public object Read(int row)
    {
        object record = _constructor is null
            ? RuntimeHelpers.GetUninitializedObject(_type)
            : _constructor.Invoke(Array.ConvertAll(_arguments, argument => argument(row)));
        foreach ((Action<object, object?> set, Func<int, object?> value) in _members) set(record, value(row));
        return record;
    }

    private static IEnumerable<Member> Settable(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        foreach (PropertyInfo property in type.GetProperties(Public))
            if (property.CanWrite && property.GetIndexParameters().Length == 0)
                yield return new Member(property.Name, property.PropertyType, IsRequired(property), property.SetValue);
        foreach (FieldInfo field in type.GetFields(Public))
            if (!field.IsInitOnly) yield return new Member(field.Name, field.FieldType, IsRequired(field), field.SetValue);
    }

    private static bool IsRequired(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute));

    private IEnumerable<(Action<object, object?> Set, Func<int, object?> Value)> Members(IEnumerable<Member> members)
    {
        foreach (Member member in members)
        {
            if (Source(member.Name, member.Type) is { } value) yield return (member.Set, value);
            else if (member.IsRequired) throw Missing(member.Name);
        }
    }

    private ConstructorInfo? Constructor(ConstructorInfo[] all)
    {
        ConstructorInfo[] ordered = [.. all.OrderByDescending(constructor => constructor.GetParameters().Length)];
        if (ordered.FirstOrDefault(constructor => constructor.GetParameters().All(CanFeed)) is { } fitting) return fitting;
        if (all.Length == 0 && _type is { IsValueType: true, IsPrimitive: false, IsEnum: false }) return null;
        throw ordered.FirstOrDefault()?.GetParameters().First(parameter => !CanFeed(parameter)) is { Name: { } missing }
            ? Missing(missing)
            : new TableException($"{_type.Name} has no public constructor; use a record or a class that has one.");
    }

    private TableException Missing(string member) => new($"There is no {_kind} for '{member}' of {_type.Name}; there are {_columns}. "
        + $"Rename a {_kind}, or give '{member}' a default.");

    private bool CanFeed(ParameterInfo parameter) =>
        parameter.HasDefaultValue || Source(parameter.Name!, parameter.ParameterType) is not null;

    private Func<int, object?>? Source(string member, Type type)
    {
        if (_columns.Find(member) is { } column) return row => Conversion.To(type, column[row], new ValuePlace(_kind, column.Name, row));
        bool mayHaveMembers = !type.IsPrimitive && !type.IsEnum && !type.IsAssignableTo(typeof(System.Collections.IEnumerable));
        return mayHaveMembers && _columns.Within(member) is { Length: > 0 } inner ? Nested(type, inner) : null;
    }

    // Where all its columns are null, the member itself was.
    private Func<int, object?> Nested(Type type, KeyValuePair<string, Column>[] columns)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        var reader = new RecordReader(bare, columns, _kind);
        bool mayBeNull = bare != type || !type.IsValueType;
        return row => mayBeNull && columns.All(column => column.Value.IsNull(row)) ? null : reader.Read(row);
    }

    private sealed record Member(string Name, Type Type, bool IsRequired, Action<object, object?> Set);
}
