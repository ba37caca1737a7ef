using System.Reflection;

namespace Assay;

/// <summary>Finds the captured variables that an operation uses; all lambdas of a scope share one closure.</summary>
internal static class CapturedVariables
{
    private const string This = "this";

    /// <summary>Returns the names in ordinal order, from a finished walk that started at the operation.</summary>
    public static IReadOnlyList<string> Of(MethodInfo operation, object? target, CodeWalk walk)
    {
        if (operation.IsStatic || target is null) return [];
        Type owner = CodeDefinition.Of(operation).DeclaringType!;
        if (OperationParts.IsClosure(owner)) return [.. Names(owner, walk, []).Distinct().Order(StringComparer.Ordinal)];

        // The object of a method group is visible in the source, so it is reported only if it has state.
        return OperationParts.IsPart(operation) || HasState(target.GetType()) ? [This] : [];
    }

    private static IEnumerable<string> Names(Type closure, CodeWalk walk, HashSet<Type> seen)
    {
        if (!seen.Add(closure)) yield break;
        foreach (FieldInfo field in closure.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            if (!walk.Uses(field)) continue;
            if (GeneratedName.Of(field.Name) is not { } generated) yield return field.Name;
            else if (generated.Kind == GeneratedName.This) yield return This;
            else if (generated.Kind == GeneratedName.OuterClosure)
                foreach (string name in Names(CodeDefinition.Of(field.FieldType), walk, seen)) yield return name;
        }
    }

    private static bool HasState(Type? type)
    {
        const BindingFlags Fields = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        for (; type is not null; type = type.BaseType)
            if (type.GetFields(Fields).Length > 0) return true;

        return false;
    }

    /// <summary>The type, which determines overrides, of a method group's object or a lambda's <c>this</c>; null without one.</summary>
    public static Type? Receiver(object? target)
    {
        if (target is null || !OperationParts.IsClosure(target.GetType())) return target?.GetType();
        foreach (FieldInfo field in target.GetType().GetFields())
        {
            if (GeneratedName.Of(field.Name)?.Kind is not (GeneratedName.This or GeneratedName.OuterClosure)) continue;
            if (Receiver(field.GetValue(target)) is { } found) return found;
        }

        return null;
    }
}
