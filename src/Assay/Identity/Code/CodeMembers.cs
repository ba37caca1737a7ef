using System.Globalization;
using System.Reflection;
using System.Text;

namespace Assay;

/// <summary>Resolves generic instantiations to their definitions, which have the code.</summary>
internal static class CodeDefinition
{
    public const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static Type Of(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    /// <summary>The definition of the method. The accessors of arrays have no definition and are returned unchanged.</summary>
    public static MethodBase Of(MethodBase method) =>
        method.DeclaringType is { IsArray: true } ? method : method.Module.ResolveMethod(method.MetadataToken)!;

    public static FieldInfo Of(FieldInfo field) => field.Module.ResolveField(field.MetadataToken)!;
}

/// <summary>The key of a type, method or field definition. Reflection may return several objects for the same definition.</summary>
internal readonly record struct CodeKey(Module Module, int Token)
{
    public static CodeKey Of(MemberInfo member) => new(member.Module, member.MetadataToken);
}

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

/// <summary>Writes what types affect without methods: base types, enum values, and the fields of structs (equality and layout).</summary>
internal static class CodeTypes
{
    public static string Write(Type type, CodeNames names)
    {
        StringBuilder text = new();
        text.Append(type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class").Append('\n');
        if (type.BaseType is { } parent) text.Append("base ").Append(names.Type(parent)).Append('\n');
        foreach (string name in DeclaredInterfaces(type).Select(names.Type).Order(StringComparer.Ordinal))
            text.Append("is ").Append(name).Append('\n');

        if (!type.IsValueType) return text.ToString();
        foreach (FieldInfo field in type.GetFields(CodeDefinition.Declared).OrderBy(field => field.MetadataToken))
        {
            if (type.IsEnum && field.IsLiteral) text.Append(CultureInfo.InvariantCulture, $"{field.Name}={field.GetRawConstantValue()}\n");
            else if (!field.IsStatic) text.Append(names.Reference(field)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The interfaces without implied ones, to which a new version of the runtime may add some.</summary>
    public static IEnumerable<Type> DeclaredInterfaces(Type type)
    {
        Type[] all = type.GetInterfaces();
        HashSet<Type> implied = [.. all.SelectMany(other => other.GetInterfaces()), .. type.BaseType?.GetInterfaces() ?? []];
        return all.Where(candidate => !implied.Contains(candidate));
    }
}

/// <summary>Recognises what the compiler generates from the body of a method: closures, lambdas, local functions, state machines.</summary>
internal static class OperationParts
{
    /// <summary>Whether the member, or a type that contains it, is generated from the body of a method.</summary>
    public static bool IsPart(MemberInfo definition) => (definition is Type, GeneratedName.Of(definition.Name)?.Kind)
        is (false, GeneratedName.Lambda or GeneratedName.LocalFunction)
        or (true, GeneratedName.Closure or GeneratedName.StateMachine or GeneratedName.CallSites or GeneratedName.DelegateCache)
        || (definition.DeclaringType is { } owner && IsPart(owner));

    public static bool IsClosure(Type type) => GeneratedName.Of(type.Name)?.Kind == GeneratedName.Closure;
}
