using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Assay.Tables;

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
