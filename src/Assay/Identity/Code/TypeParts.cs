using System.Reflection;

namespace Assay;

/// <summary>Which methods of a type may run without being called by name once an object of it exists.</summary>
internal static class TypeParts
{
    /// <summary>Overrides, implementations of interfaces, default methods of an interface, by name.</summary>
    public static IEnumerable<MethodBase> Callable(Type type)
    {
        HashSet<string> abstractStatics = [.. type.GetInterfaces().SelectMany(StaticContracts)];
        return Ordered(type.GetMethods(CodeDefinition.Declared).Where(method =>
            (method.IsVirtual && !method.IsAbstract) || (method.IsStatic && abstractStatics.Contains(LastPart(method.Name)))));
    }

    /// <summary>What makes objects of the type; whoever makes one first runs the static constructor, too.</summary>
    public static IEnumerable<MethodBase> Constructors(Type type) => Ordered(type.GetConstructors(CodeDefinition.Declared).Where(c => !c.IsStatic));

    /// <summary>The static constructor, if running any static method or constructor of the type runs it first.</summary>
    public static ConstructorInfo? EagerInitializer(Type type) =>
        (type.Attributes & TypeAttributes.BeforeFieldInit) == 0 ? type.TypeInitializer : null;

    /// <summary>By name and parameters: the order in the source does not matter.</summary>
    public static IEnumerable<MethodBase> Ordered(IEnumerable<MethodBase> methods) =>
        methods.OrderBy(method => method.Name, StringComparer.Ordinal)
            .ThenBy(Parameters, StringComparer.Ordinal)
            .ThenBy(method => method.MetadataToken);

    private static string Parameters(MethodBase method) =>
        Unreadable.Or(() => string.Join(',', method.GetParameters().Select(parameter => parameter.ParameterType.ToString())));

    private static IEnumerable<string> StaticContracts(Type contract) =>
        contract.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(method => method.IsVirtual).Select(method => LastPart(method.Name));

    // An explicit implementation is called `Namespace.IContract.Method`.
    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];
}
