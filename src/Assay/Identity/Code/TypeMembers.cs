using System.Reflection;

namespace Assay;

/// <summary>Finds the methods of a type that may run without being called by name.</summary>
internal static class TypeMembers
{
    /// <summary>Overrides, implementations of interfaces and default methods of an interface, in a stable order.</summary>
    public static IEnumerable<MethodBase> CalledThroughContracts(Type type)
    {
        HashSet<string> abstractStatics = [.. type.GetInterfaces().SelectMany(StaticContracts)];
        return Ordered(type.GetMethods(CodeDefinition.Declared).Where(method =>
            (method.IsVirtual && !method.IsAbstract) || (method.IsStatic && abstractStatics.Contains(LastPart(method.Name)))));
    }

    /// <summary>The instance constructors, in a stable order.</summary>
    public static IEnumerable<MethodBase> Constructors(Type type) =>
        Ordered(type.GetConstructors(CodeDefinition.Declared).Where(constructor => !constructor.IsStatic));

    /// <summary>The static constructor, if it runs before any static method or constructor of the type; otherwise null.</summary>
    public static ConstructorInfo? EagerInitializer(Type type) =>
        (type.Attributes & TypeAttributes.BeforeFieldInit) == 0 ? type.TypeInitializer : null;

    /// <summary>Sorts methods by name and parameters, so that the order does not depend on the source.</summary>
    public static IEnumerable<MethodBase> Ordered(IEnumerable<MethodBase> methods) =>
        methods.OrderBy(method => method.Name, StringComparer.Ordinal)
            .ThenBy(Parameters, StringComparer.Ordinal)
            .ThenBy(method => method.MetadataToken);

    private static string Parameters(MethodBase method) =>
        UnreadableCode.ReadOrMark(() => string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.ToString())));

    private static IEnumerable<string> StaticContracts(Type contract) =>
        contract.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(method => method.IsVirtual).Select(method => LastPart(method.Name));

    // The name of an explicit implementation is `Namespace.IContract.Method`.
    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
