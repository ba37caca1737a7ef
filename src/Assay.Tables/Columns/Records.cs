using System.Reflection;

namespace Assay.Tables;

/// <summary>Tables from records of a user's type, and back.</summary>
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
        var columns = new Dictionary<string, Column>(StringComparer.Ordinal);
        foreach (Column column in table.Columns) columns.TryAdd(Plain(column.Name), column);

        ConstructorInfo constructor = Constructor(typeof(T), columns);
        ParameterInfo[] parameters = constructor.GetParameters();
        PropertyInfo[] properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && columns.ContainsKey(Plain(property.Name)) && !parameters.Any(parameter => Plain(parameter.Name!) == Plain(property.Name)))
            .ToArray();

        var records = new T[table.RowCount];
        for (int row = 0; row < records.Length; row++)
        {
            object record = constructor.Invoke(Array.ConvertAll(parameters, parameter => Argument(parameter, columns, row)));
            foreach (PropertyInfo property in properties) property.SetValue(record, Value(columns[Plain(property.Name)], property.PropertyType, row));
            records[row] = (T)record;
        }

        return records;
    }

    private static Table FromRows<T>(T[] rows)
    {
        var builder = new TableBuilder();
        foreach (T row in rows) builder.AddRow((object)row!);
        return builder.Build();
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>The constructor with the most parameters among those that the columns can feed.</summary>
    private static ConstructorInfo Constructor(Type type, Dictionary<string, Column> columns)
    {
        ConstructorInfo[] all = type.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length).ToArray();
        if (all.FirstOrDefault(constructor => constructor.GetParameters().All(parameter => CanFeed(parameter, columns))) is { } fitting) return fitting;
        ParameterInfo? missing = all.FirstOrDefault()?.GetParameters().First(parameter => !CanFeed(parameter, columns));
        throw new TableException(missing is null
            ? $"{type.Name} has no public constructor; use a record or a class that has one."
            : $"There is no column for '{missing.Name}' of {type.Name}; the table has {string.Join(", ", columns.Values.Select(column => $"'{column.Name}'"))}. Rename a column, or give the parameter a default.");
    }

    private static bool CanFeed(ParameterInfo parameter, Dictionary<string, Column> columns) =>
        parameter.HasDefaultValue || columns.ContainsKey(Plain(parameter.Name!));

    private static object? Argument(ParameterInfo parameter, Dictionary<string, Column> columns, int row) =>
        columns.TryGetValue(Plain(parameter.Name!), out Column? column) ? Value(column, parameter.ParameterType, row) : parameter.DefaultValue;

    private static object? Value(Column column, Type type, int row) => Conversion.To(type, column[row], column.Name, row);
}
