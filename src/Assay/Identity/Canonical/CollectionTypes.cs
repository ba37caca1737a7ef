using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>
/// Which types are nothing but their items. Any other enumerable type may hold more than it enumerates, and two values that differ
/// there would share an identity.
/// </summary>
internal static class CollectionTypes
{
    public static bool IsKnown(Type type) => type.IsArray || IsMadeByCompiler(type) || (IsOfLibrary(type) && !HoldsMore(type));

    public static bool IsTuple(Type type) => typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System" && IsSystem(type);

    /// <summary>Default values of these throw when their items are asked for.</summary>
    public static bool MayBeUnset(Type type) => type.IsGenericType &&
        (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || type.GetGenericTypeDefinition() == typeof(ArraySegment<>));

    // Iterators, and the lists that collection expressions make; no name a user can write begins like this.
    private static bool IsMadeByCompiler(Type type) => type.Name.StartsWith('<');

    private static bool IsOfLibrary(Type type)
    {
        string space = type.Namespace ?? "";
        if (type.Assembly.GetName().Name == "FSharp.Core") return space == "Microsoft.FSharp.Collections";
        return IsSystem(type) && (InOrBelow(space, "System.Collections") || InOrBelow(space, "System.Linq") || InOrBelow(space, "System.Text.Json") ||
            type == typeof(System.Dynamic.ExpandoObject) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ArraySegment<>)));
    }

    private static bool IsSystem(Type type) => type.Assembly.GetName().Name is { } name && InOrBelow(name, "System");

    private static bool InOrBelow(string name, string root) =>
        name.StartsWith(root, StringComparison.Ordinal) && (name.Length == root.Length || name[root.Length] == '.');

    // These enumerate keys without values, or groups without keys.
    private static bool HoldsMore(Type type) => typeof(NameObjectCollectionBase).IsAssignableFrom(type) ||
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IGrouping<,>)) ||
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ILookup<,>));
}
