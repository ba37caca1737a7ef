using System.Reflection;

namespace Assay;

/// <summary>Tells what the compiler made out of a method's body (closures, lambdas, local functions, state machines) from what a person named.</summary>
internal static class OperationParts
{
    /// <summary>Whether the member, or a type around it, is such a part.</summary>
    public static bool IsPart(MemberInfo definition) => definition switch
    {
        Type type => IsPartType(type),
        _ => Kind(definition.Name) is GeneratedName.Lambda or GeneratedName.LocalFunction
            || (definition.DeclaringType is { } owner && IsPartType(owner)),
    };

    /// <summary>Whether the type holds what a lambda captures.</summary>
    public static bool IsClosure(Type type) => Kind(type.Name) == GeneratedName.Closure;

    private static bool IsPartType(Type type) =>
        Kind(type.Name) is GeneratedName.Closure or GeneratedName.StateMachine or GeneratedName.CallSites or GeneratedName.DelegateCache
        || (type.DeclaringType is { } outer && IsPartType(outer));

    private static char Kind(string name) => GeneratedName.TryParse(name, out GeneratedName generated) ? generated.Kind : '\0';
}
