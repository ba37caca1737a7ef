using System.Reflection;

namespace Assay;

/// <summary>
/// Names what an operation takes along from where it was written. Scopes share one closure, so only variables that its own code
/// uses are named, not those of a neighbouring lambda.
/// </summary>
internal static class CapturedVariables
{
    private const string This = "this";

    /// <summary>Names in ordinal order.</summary>
    /// <param name="operation">The method a delegate points to.</param>
    /// <param name="target">The object it is bound to, if any.</param>
    /// <param name="walk">A finished walk from <paramref name="operation"/>.</param>
    public static IReadOnlyList<string> Of(MethodInfo operation, object? target, CodeWalk walk)
    {
        if (operation.IsStatic || target is null) return [];
        Type owner = CodeDefinition.Of(operation).DeclaringType!;
        if (OperationParts.IsClosure(owner)) return [.. Names(owner, walk, []).Distinct().Order(StringComparer.Ordinal)];

        // A method group names its object in the open: it is worth a word only if the object can hold anything.
        return OperationParts.IsPart(operation) || HasState(target.GetType()) ? [This] : [];
    }

    private static IEnumerable<string> Names(Type closure, CodeWalk walk, HashSet<Type> seen)
    {
        if (!seen.Add(closure)) yield break;
        foreach (FieldInfo field in closure.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            if (!walk.Uses(field)) continue;
            if (!GeneratedName.TryParse(field.Name, out GeneratedName generated)) yield return field.Name;
            else if (generated.Kind == GeneratedName.This) yield return This;
            else if (generated.Kind == GeneratedName.OuterClosure)
            {
                foreach (string name in Names(CodeDefinition.Of(field.FieldType), walk, seen)) yield return name;
            }
        }
    }

    private static bool HasState(Type? type)
    {
        const BindingFlags Fields = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetFields(Fields).Length > 0) return true;
        }

        return false;
    }
}
