using System.Reflection;

namespace Assay;

/// <summary>
/// Adds the construction of the operation's parameters to a walk. Assay creates them, so the code of the operation does not call their
/// constructors and setters, which nevertheless determine their values.
/// </summary>
internal static class ParameterConstruction
{
    /// <summary>Adds the constructors and setters of all user types among the parameters, including nested types.</summary>
    public static void Reach(MethodBase operation, CodeWalk walk)
    {
        HashSet<Type> seen = [];
        foreach (ParameterInfo parameter in operation.GetParameters()) Reach(parameter.ParameterType, walk, seen);
    }

    private static void Reach(Type type, CodeWalk walk, HashSet<Type> seen)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        if (type.IsGenericParameter || !seen.Add(type)) return;
        walk.Touch(type);
        foreach (Type argument in type.GetGenericArguments()) Reach(argument, walk, seen);
        if (!CodeOrigin.Of(type.Assembly).IsUser) return;

        const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;
        foreach (MethodBase constructor in TypeMembers.Ordered(type.GetConstructors(Instance))) walk.Reach(constructor);
        foreach (PropertyInfo property in type.GetProperties(Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.SetMethod is { } setter) walk.Reach(setter);
            Reach(property.PropertyType, walk, seen);
        }
    }
}
