using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Assay.Tables;

/// <summary>Tables from records of a user's type, and back.</summary>
[RequiresUnreferencedCode(ObjectRows.NeedsMembers)]
internal static class Records
{
    public static Table ToTable<T>(IEnumerable<T> records)
    {
        T[] all = records.ToArray();
        if (typeof(T) == typeof(object) || typeof(T).IsAssignableTo(typeof(System.Collections.IEnumerable))) return FromRows(all);
        Column[] columns = Array.ConvertAll(ObjectRows.Members(typeof(T)), member =>
        {
            var builder = new ColumnBuilder(member.Name);
            foreach (T record in all)
                builder.AddObject(member.Get(record ?? throw new TableException("A record is null; leave it out before making a table.")));
            return builder.Build(ColumnFactory.TypeOf(member.Type));
        });
        return new Table(columns, all.Length);
    }

    public static T[] FromTable<T>(Table table)
    {
        var reader = new RecordReader(typeof(T), table.Columns.Select(column => KeyValuePair.Create(column.Name, column)));
        var records = new T[table.RowCount];
        for (int row = 0; row < records.Length; row++) records[row] = (T)reader.Read(row);
        return records;
    }

    private static Table FromRows<T>(T[] rows)
    {
        var builder = new TableBuilder();
        foreach (T row in rows) builder.AddRow((object)row!);
        return builder.Build();
    }
}

/// <summary>Sees an object as a row: entries of a dictionary, members of a record.</summary>
internal static class ObjectRows
{
    private static readonly ConcurrentDictionary<Type, Member[]> Known = new();

    /// <summary>Why a trimmed program cannot use this.</summary>
    public const string NeedsMembers =
        "Members of records are found by reflection, and may have been trimmed; use rows of names and values.";

    [RequiresUnreferencedCode(NeedsMembers)]
    public static IEnumerable<KeyValuePair<string, object?>> Entries(object row) => row switch
    {
        IEnumerable<KeyValuePair<string, object?>> entries => entries,
        IDictionary dictionary => dictionary.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(Name(entry.Key), entry.Value)),
        _ => Members(row.GetType()).Select(member => KeyValuePair.Create(member.Name, member.Get(row))),
    };

    /// <summary>Public instance properties and fields: inherited ones first, then in the order of declaration.</summary>
    [RequiresUnreferencedCode(NeedsMembers)]
    public static Member[] Members(Type type) => Known.GetOrAdd(type, static type =>
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        IEnumerable<Member> properties = type.GetProperties(Public)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => new Member(property.Name, property.PropertyType, row => Read(property, row), property));
        IEnumerable<Member> fields = type.GetFields(Public).Select(field => new Member(field.Name, field.FieldType, field.GetValue, field));
        Member[] members = properties.Concat(fields)
            .OrderBy(member => Depth(member.Info.DeclaringType!)).ThenBy(member => member.Info.MetadataToken)
            .ToArray();
        return members.Length > 0 ? members : throw new TableException(
            $"{type.Name} has no public property or field, so it is no row; pass a record, an anonymous object or names with values.");
    });

    private static string Name(object key) =>
        key as string ?? throw new TableException($"The key '{key}' of a row is no text; columns are named by text.");

    private static object? Read(PropertyInfo property, object row)
    {
        try
        {
            return property.GetValue(row);
        }
        catch (TargetInvocationException fault) when (fault.InnerException is { } thrown)
        {
            string problem = $"threw {thrown.GetType().Name} ({thrown.Message}); pass rows without it, or one that does not throw";
            throw new TableException($"The property '{property.Name}' of {row.GetType().Name} {problem}.", thrown);
        }
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;

    internal sealed record Member(string Name, Type Type, Func<object, object?> Get, MemberInfo Info);
}
