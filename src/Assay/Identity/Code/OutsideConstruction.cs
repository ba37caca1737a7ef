using System.Reflection;

namespace Assay;

/// <summary>
/// Assay itself builds the operation's parameters, so no code that the operation calls says how. Their constructors, with the
/// rules and defaults written there, count all the same; those of nested parameter records too.
/// </summary>
internal static class OutsideConstruction
{
    /// <summary>Reaches the constructors and setters of every user type among the operation's parameters.</summary>
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
        foreach (MethodBase constructor in TypeParts.Ordered(type.GetConstructors(Instance))) walk.Reach(constructor);
        foreach (PropertyInfo property in type.GetProperties(Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.SetMethod is { } setter) walk.Reach(setter);
            Reach(property.PropertyType, walk, seen);
        }
    }
}
