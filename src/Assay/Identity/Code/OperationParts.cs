using System.Reflection;

namespace Assay;

/// <summary>
/// Recognises the members that the compiler generates from the body of a method: closures, lambdas, local functions, state machines.
/// </summary>
internal static class OperationParts
{
    /// <summary>Whether the member, or a type that contains it, is generated from the body of a method.</summary>
    public static bool IsPart(MemberInfo definition) => definition switch
    {
        Type type => IsPartType(type),
        _ => Kind(definition.Name) is GeneratedName.Lambda or GeneratedName.LocalFunction
            || (definition.DeclaringType is { } owner && IsPartType(owner)),
    };

    /// <summary>Whether the type holds the captured variables of lambdas.</summary>
    public static bool IsClosure(Type type) => Kind(type.Name) == GeneratedName.Closure;

    private static bool IsPartType(Type type) =>
        Kind(type.Name) is GeneratedName.Closure or GeneratedName.StateMachine or GeneratedName.CallSites or GeneratedName.DelegateCache
        || (type.DeclaringType is { } outer && IsPartType(outer));

    private static char Kind(string name) => GeneratedName.TryParse(name, out GeneratedName generated) ? generated.Kind : '\0';
}
