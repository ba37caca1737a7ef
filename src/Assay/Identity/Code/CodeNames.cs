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
        if (!IsGenerated(definition.Name)) return;
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

    /// <summary>A reference to a field: its name and type.</summary>
    public string Reference(FieldInfo field)
    {
        string owner = field.DeclaringType is { } type ? Types.Write(type) : "";
        return $"{owner}::{Name(CodeDefinition.Of(field))}:{Types.Write(CodeDefinition.Of(field).FieldType)}";
    }

    private TypeNames Types => field ??= new TypeNames(Definition);

    private static bool IsGenerated(string name) =>
        GeneratedName.TryParse(name, out GeneratedName generated)
        && generated.Kind is GeneratedName.Lambda or GeneratedName.LocalFunction;

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
        _ = GeneratedName.TryParse(definition.Name, out GeneratedName generated);
        return _paths[key] = generated.Kind switch
        {
            GeneratedName.Lambda => $"{_scope}.lambda",
            GeneratedName.LocalFunction => $"{_scope}.{generated.Suffix.Split('|')[0]}",
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
        if (GeneratedName.TryParseFileLocal(type.Name, out string? declared)) return prefix + declared;
        _ = GeneratedName.TryParse(type.Name, out GeneratedName generated);
        return generated.Kind switch
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
    public string Write(Type type)
    {
        if (type.IsByRef) return Write(type.GetElementType()!) + "&";
        if (type.IsPointer) return Write(type.GetElementType()!) + "*";
        if (type.IsArray) return $"{Write(type.GetElementType()!)}[{ArrayRank(type)}]";
        if (type.IsGenericParameter) return Parameter(type);
        if (type.IsFunctionPointer) return FunctionPointer(type);
        if (TypeKeyword.Of(type) is { } keyword) return keyword;
        return definition(CodeDefinition.Of(type)) + Arguments(type.GetGenericArguments());
    }

    public string List(IEnumerable<Type> types) => string.Join(", ", types.Select(Write));

    /// <summary>Generic arguments in angle brackets; empty without arguments.</summary>
    public string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{List(arguments)}>";

    /// <summary>The namespace, the enclosing types and the name, as in the metadata.</summary>
    public static string Plain(Type type) => type.DeclaringType is { } outer
        ? $"{Plain(outer)}.{type.Name}"
        : type.Namespace is { Length: > 0 } space ? $"{space}.{type.Name}" : type.Name;

    private static string Parameter(Type type) =>
        (type.DeclaringMethod is null ? "!" : "!!") + Invariant.Number(type.GenericParameterPosition);

    private string FunctionPointer(Type type) =>
        $"fn({List(type.GetFunctionPointerParameterTypes())}):{Write(type.GetFunctionPointerReturnType())}";

    // A one-dimensional array with a lower bound is another type than a vector.
    private static string ArrayRank(Type type) => type.IsSZArray ? ""
        : type.GetArrayRank() == 1 ? "*" : new string(',', type.GetArrayRank() - 1);
}

/// <summary>Writes numbers in the invariant culture. Other cultures may have another minus sign.</summary>
internal static class Invariant
{
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
