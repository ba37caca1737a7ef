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
        string[] names = table.Columns.Select(column => column.Name).ToArray();
        ConstructorInfo constructor = Constructor(typeof(T), names);
        ParameterInfo[] parameters = constructor.GetParameters();
        Column?[] arguments = Array.ConvertAll(parameters, parameter => Find(parameter.Name!));
        (PropertyInfo Property, Column Column)[] properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && Find(property.Name) is { } column && !IsArgument(property, column))
            .Select(property => (property, Find(property.Name)!))
            .ToArray();

        var records = new T[table.RowCount];
        for (int row = 0; row < records.Length; row++)
        {
            var values = new object?[parameters.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = arguments[i] is { } column ? Value(column, parameters[i].ParameterType, row) : parameters[i].DefaultValue;
            object record = constructor.Invoke(values);
            foreach ((PropertyInfo property, Column column) in properties)
                property.SetValue(record, Value(column, property.PropertyType, row));
            records[row] = (T)record;
        }

        return records;

        Column? Find(string member) => MemberNames.Find(member, names) is { } name ? table[name] : null;

        bool IsArgument(PropertyInfo property, Column column) => parameters.Index().Any(parameter => arguments[parameter.Index] == column
            && MemberNames.Plain(parameter.Item.Name!) == MemberNames.Plain(property.Name));
    }

    private static Table FromRows<T>(T[] rows)
    {
        var builder = new TableBuilder();
        foreach (T row in rows) builder.AddRow((object)row!);
        return builder.Build();
    }

    /// <summary>The constructor with the most parameters among those that the columns can feed.</summary>
    private static ConstructorInfo Constructor(Type type, string[] names)
    {
        ConstructorInfo[] all = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).ToArray();
        if (all.FirstOrDefault(constructor => constructor.GetParameters().All(parameter => CanFeed(parameter, names))) is { } fitting)
            return fitting;
        ParameterInfo? missing = all.FirstOrDefault()?.GetParameters().First(parameter => !CanFeed(parameter, names));
        throw new TableException(missing is null
            ? $"{type.Name} has no public constructor; use a record or a class that has one."
            : $"There is no column for '{missing.Name}' of {type.Name}; the table has {Quoted(names)}. "
                + "Rename a column, or give the parameter a default.");
    }

    private static string Quoted(string[] names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static bool CanFeed(ParameterInfo parameter, string[] names) =>
        parameter.HasDefaultValue || MemberNames.Find(parameter.Name!, names) is not null;

    private static object? Value(Column column, Type type, int row) => Conversion.To(type, column[row], column.Name, row);
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
