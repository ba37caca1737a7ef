using System.Reflection;

namespace Assay;

/// <summary>
/// The object whose methods an operation calls as its own: a base class may define the operation and a derived one the steps in it,
/// which only the object's type at run time tells.
/// </summary>
internal static class Receiver
{
    /// <summary>The type of a method group's object or of a lambda's <c>this</c>; null when there is none.</summary>
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
