using System.Collections.Immutable;
using System.Collections.Specialized;
using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>
/// Recognises the collection types that contain nothing but their items. Any other enumerable type may have further state, and two values
/// with different states would share an identity.
/// </summary>
internal static class CollectionTypes
{
    public static bool IsKnown(Type type) => type.IsArray || IsGenerated(type) || (IsOfPlatform(type) && !HasFurtherState(type));

    public static bool IsTuple(Type type) => typeof(ITuple).IsAssignableFrom(type) && type.Namespace == "System" && IsSystem(type);

    /// <summary>Whether enumerating the default value of the type throws.</summary>
    public static bool HasUninitializedDefault(Type type) => Is(type, typeof(ImmutableArray<>)) || Is(type, typeof(ArraySegment<>));

    public static IEnumerable<Type> Instantiations(Type type, params Type[] contracts) =>
        type.GetInterfaces().Where(candidate => contracts.Any(contract => Is(candidate, contract)));

    // Iterators and the lists of collection expressions have names that no source code can declare.
    private static bool IsGenerated(Type type) => type.Name.StartsWith('<');

    private static bool IsOfPlatform(Type type)
    {
        string space = type.Namespace ?? "";
        if (type.Assembly.GetName().Name == "FSharp.Core") return space == "Microsoft.FSharp.Collections";
        return IsSystem(type) && (IsIn(space, "System.Collections") || IsIn(space, "System.Linq") || IsIn(space, "System.Text.Json")
            || type == typeof(System.Dynamic.ExpandoObject) || Is(type, typeof(ArraySegment<>)));
    }

    private static bool IsSystem(Type type) => type.Assembly.GetName().Name is { } name && IsIn(name, "System");

    private static bool IsIn(string name, string root) =>
        name.StartsWith(root, StringComparison.Ordinal) && (name.Length == root.Length || name[root.Length] == '.');

    // These enumerate keys without values, or groups without keys.
    private static bool HasFurtherState(Type type) => typeof(NameObjectCollectionBase).IsAssignableFrom(type)
        || Instantiations(type, typeof(IGrouping<,>), typeof(ILookup<,>)).Any();

    private static bool Is(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;
}
