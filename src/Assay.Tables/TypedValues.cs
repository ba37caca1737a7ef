using System.Diagnostics.CodeAnalysis;

namespace Assay;

/// <summary>
/// Values that stand in no table as types of your own choice, by the rules of <see cref="TableRow.Get{T}"/> and <see cref="Table.As{T}"/>.
/// Thread-safe.
/// </summary>
public static class TypedValues
{
    /// <summary>One value: numbers convert when nothing is lost, text parses, enums are read by name.</summary>
    /// <typeparam name="T">The type wanted, nullable or not.</typeparam>
    /// <param name="value">A Boolean, a number of any type, a text, a time, a duration, a <see cref="JsonElement"/>, or null.</param>
    /// <param name="kind">What the value is, for messages: <c>metric</c>.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="TableException">The value does not convert; the message names it and the type.</exception>
    public static T To<T>(object? value, string kind, string name) =>
        (T)Conversion.To(typeof(T), value, new ValuePlace(kind, name, Row: 0))!;

    /// <summary>Named values as a record, class or struct; nested ones are JSON or have dotted names.</summary>
    /// <typeparam name="T">A type with a public constructor, or a struct.</typeparam>
    /// <param name="values">The values by name.</param>
    /// <param name="kind">What a value is, for messages: <c>parameter</c>.</param>
    /// <exception cref="TableException">
    /// There is no value for a parameter without a default, several fit a member equally well, or one does not convert.
    /// </exception>
    [RequiresUnreferencedCode(ObjectRows.NeedsMembers)]
    public static T As<T>(IEnumerable<KeyValuePair<string, object?>> values, string kind)
    {
        Table row = new TableBuilder().AddRow(values).Build();
        return (T)new RecordReader(typeof(T), row.Columns.Select(column => KeyValuePair.Create(column.Name, column)), kind).Read(0);
    }
}
