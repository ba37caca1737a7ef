using System.Reflection;

namespace Assay;

/// <summary>
/// Finds the object on which an operation calls its own methods. If a base class declares the operation and a derived class overrides
/// methods that it calls, the runtime type of the object determines the overrides.
/// </summary>
internal static class Receiver
{
    /// <summary>The type of the object of a method group, or of <c>this</c> in a lambda; null without such an object.</summary>
    public static Type? TypeOf(object? target)
    {
        if (target is null || !OperationParts.IsClosure(target.GetType())) return target?.GetType();
        foreach (FieldInfo field in target.GetType().GetFields())
        {
            if (!GeneratedName.TryParse(field.Name, out GeneratedName generated)) continue;
            if (generated.Kind is not (GeneratedName.This or GeneratedName.OuterClosure)) continue;
            if (TypeOf(field.GetValue(target)) is { } found) return found;
        }

        return null;
    }
}
