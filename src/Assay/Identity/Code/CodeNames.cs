using System.Globalization;
using System.Reflection;

namespace Assay;

/// <summary>Names reached definitions; a generated one after the first member that refers to it: <c>Model.Fit.lambda~2</c>.</summary>
internal sealed class CodeNames(Action<Assembly> mention)
{
    private readonly Dictionary<CodeKey, string> _names = [];
    private readonly Dictionary<CodeKey, string> _paths = [];
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private string _scope = "";

    public void Enter(MethodBase definition) => _scope = Path(definition);

    /// <summary>Gives a lambda or local function the name "operation", so that the name does not depend on its location.</summary>
    public void NameOperation(MethodBase definition)
    {
        if (GeneratedName.Of(definition.Name)?.Kind is not (GeneratedName.Lambda or GeneratedName.LocalFunction)) return;
        _scope = "operation";
        _paths[CodeKey.Of(definition)] = _scope;
    }

    public string Type(Type type) => Types.Write(type);

    /// <summary>The unique readable name of a method definition, with its parameters.</summary>
    public string Definition(MethodBase definition)
    {
        CodeKey key = CodeKey.Of(definition);
        if (_names.TryGetValue(key, out string? known)) return known;
        return _names[key] = Unique(Path(definition) + Parameters(definition));
    }

    /// <summary>A reference to a method: the name of its definition, its type arguments and its return type.</summary>
    public string Reference(MethodBase method)
    {
        MethodBase definition = CodeDefinition.Of(method);
        string arguments = method.IsGenericMethod ? Types.Arguments(method.GetGenericArguments()) : "";
        string returned = definition is MethodInfo info ? Types.Write(info.ReturnType) : "void";
        string owner = method.DeclaringType is { } type ? Types.Write(type) : "";
        return $"{owner}::{Name(definition)}{arguments}:{returned}";
    }

    public string Reference(FieldInfo field)
    {
        string owner = field.DeclaringType is { } type ? Types.Write(type) : "";
        return $"{owner}::{Name(CodeDefinition.Of(field))}:{Types.Write(CodeDefinition.Of(field).FieldType)}";
    }

    private TypeNames Types => field ??= new TypeNames(Definition);

    private string Parameters(MethodBase definition)
    {
        string arity = definition.IsGenericMethod ? $"``{Invariant.Number(definition.GetGenericArguments().Length)}" : "";
        string types = UnreadableCode.ReadOrMark(() => Types.List(definition.GetParameters().Select(parameter => parameter.ParameterType)));
        return $"{arity}({types})";
    }

    private string Name(MethodBase definition)
    {
        bool isDeclared = definition.DeclaringType is not { IsArray: true };
        if (isDeclared && CodeOrigin.Of(definition.Module.Assembly).IsUser) return Definition(definition);
        mention(definition.Module.Assembly);
        return definition.Name + Parameters(definition);
    }

    private string Name(FieldInfo definition)
    {
        CodeKey key = CodeKey.Of(definition);
        if (_names.TryGetValue(key, out string? known)) return known;
        string stem = GeneratedName.Stem(definition.Name);
        if (stem == definition.Name || definition.DeclaringType is not { } owner) return stem;
        string prefix = Definition(owner) + "::";
        return _names[key] = Unique(prefix + stem)[prefix.Length..];
    }

    private string Path(MethodBase definition)
    {
        CodeKey key = CodeKey.Of(definition);
        if (_paths.TryGetValue(key, out string? known)) return known;
        return _paths[key] = GeneratedName.Of(definition.Name) switch
        {
            { Kind: GeneratedName.Lambda } => $"{_scope}.lambda",
            { Kind: GeneratedName.LocalFunction, Suffix: var name } => $"{_scope}.{name.Split('|')[0]}",
            _ when definition.DeclaringType is { } owner => $"{Definition(owner)}.{GeneratedName.Stem(definition.Name).TrimStart('.')}",
            _ => definition.Name,
        };
    }

    private string Definition(Type type)
    {
        mention(type.Assembly);
        if (!CodeOrigin.Of(type.Assembly).IsUser) return TypeNames.Plain(type);
        CodeKey key = CodeKey.Of(type);
        return _names.TryGetValue(key, out string? known) ? known : _names[key] = Unique(Stem(type));
    }

    private string Stem(Type type)
    {
        string prefix = type.DeclaringType is { } outer ? Definition(outer) + "."
            : type.Namespace is { Length: > 0 } space ? space + "." : "";
        if (GeneratedName.DeclaredFileLocal(type.Name) is { } declared) return prefix + declared;
        return GeneratedName.Of(type.Name)?.Kind switch
        {
            GeneratedName.Closure => $"{_scope}.closure",
            GeneratedName.StateMachine => $"{_scope}.machine",
            GeneratedName.CallSites or GeneratedName.DelegateCache => $"{_scope}.cache",
            GeneratedName.Anonymous when type.IsSubclassOf(typeof(Delegate)) => $"{_scope}.delegate",
            GeneratedName.Anonymous => $"anonymous({string.Join(", ", type.GetProperties().Select(property => property.Name))})",
            _ => prefix + type.Name,
        };
    }

    private string Unique(string name)
    {
        int count = _taken.GetValueOrDefault(name) + 1;
        _taken[name] = count;
        return count == 1 ? name : $"{name}~{Invariant.Number(count)}";
    }
}

/// <summary>Writes the names of types without assemblies and versions, and with C# keywords for primitive types.</summary>
internal sealed class TypeNames(Func<Type, string> definition)
{
    /// <summary>The name of any type. Generic parameters are written by position: <c>!0</c> of a type, <c>!!0</c> of a method.</summary>
    public string Write(Type type) => type switch
    {
        { IsByRef: true } => Write(type.GetElementType()!) + "&",
        { IsPointer: true } => Write(type.GetElementType()!) + "*",
        { IsSZArray: true } => Write(type.GetElementType()!) + "[]",
        // A one-dimensional array with a lower bound is another type than a vector.
        { IsArray: true } when type.GetArrayRank() is var rank =>
            $"{Write(type.GetElementType()!)}[{(rank == 1 ? "*" : new string(',', rank - 1))}]",
        { IsGenericParameter: true } => (type.DeclaringMethod is null ? "!" : "!!") + Invariant.Number(type.GenericParameterPosition),
        { IsFunctionPointer: true } => $"fn({List(type.GetFunctionPointerParameterTypes())}):{Write(type.GetFunctionPointerReturnType())}",
        _ => TypeKeyword.Of(type) ?? definition(CodeDefinition.Of(type)) + Arguments(type.GetGenericArguments()),
    };

    public string List(IEnumerable<Type> types) => string.Join(", ", types.Select(Write));

    public string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{List(arguments)}>";

    /// <summary>The namespace, the enclosing types and the name, as in the metadata.</summary>
    public static string Plain(Type type) => type.DeclaringType is { } outer
        ? $"{Plain(outer)}.{type.Name}"
        : type.Namespace is { Length: > 0 } space ? $"{space}.{type.Name}" : type.Name;
}

/// <summary>Writes numbers in the invariant culture. Other cultures may have another minus sign.</summary>
internal static class Invariant
{
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
