using System.Reflection;

namespace Assay;

/// <summary>
/// Names for everything a walk meets. What a person named keeps that name; what the compiler named is called after the member
/// that first mentions it (<c>Model.Fit.lambda</c>), with <c>~2</c>, <c>~3</c> where that member has several. The walk's order
/// depends on reached code alone, and so do these names.
/// </summary>
/// <param name="mention">Told of every assembly whose name enters the text.</param>
internal sealed class CodeNames(Action<Assembly> mention)
{
    private readonly Dictionary<CodeKey, string> _names = [];
    private readonly Dictionary<CodeKey, string> _paths = [];
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private string _scope = "";

    /// <summary>Generated names met from now on belong to this method.</summary>
    public void Enter(MethodBase definition) => _scope = Path(definition);

    /// <summary>An operation that is a lambda or local function is called so, wherever it was written.</summary>
    public void NameOperation(MethodBase definition)
    {
        if (!IsGenerated(definition.Name)) return;
        _scope = "operation";
        _paths[CodeKey.Of(definition)] = _scope;
    }

    public string Type(Type type) => Types.Write(type);

    /// <summary>The unique readable name of a method's definition, parameters included.</summary>
    public string Definition(MethodBase definition)
    {
        CodeKey key = CodeKey.Of(definition);
        if (_names.TryGetValue(key, out string? known)) return known;
        string parameters = Types.List(definition.GetParameters().Select(parameter => parameter.ParameterType));
        return _names[key] = Unique($"{Path(definition)}{Arity(definition)}({parameters})");
    }

    /// <summary>A mention of a method: definition, type arguments and what it returns.</summary>
    public string Reference(MethodBase method)
    {
        MethodBase definition = CodeDefinition.Of(method);
        string arguments = method.IsGenericMethod ? Types.Arguments(method.GetGenericArguments()) : "";
        string returned = definition is MethodInfo info ? Types.Write(info.ReturnType) : "void";
        string owner = method.DeclaringType is { } type ? Types.Write(type) : "";
        return $"{owner}::{Name(definition)}{arguments}:{returned}";
    }

    /// <summary>A mention of a field.</summary>
    public string Reference(FieldInfo field)
    {
        string owner = field.DeclaringType is { } type ? Types.Write(type) : "";
        return $"{owner}::{Name(CodeDefinition.Of(field))}:{Types.Write(CodeDefinition.Of(field).FieldType)}";
    }

    private TypeNames Types => field ??= new TypeNames(Definition);

    private static bool IsGenerated(string name) =>
        GeneratedName.TryParse(name, out GeneratedName generated) && generated.Kind is GeneratedName.Lambda or GeneratedName.LocalFunction;

    private static string Arity(MethodBase definition) =>
        definition.IsGenericMethod ? $"``{Invariant.Number(definition.GetGenericArguments().Length)}" : "";

    private string Name(MethodBase definition)
    {
        if (definition.DeclaringType is not { IsArray: true } && CodeOrigin.Of(definition.Module.Assembly).IsUser) return Definition(definition);
        mention(definition.Module.Assembly);
        return $"{definition.Name}{Arity(definition)}({Types.List(definition.GetParameters().Select(parameter => parameter.ParameterType))})";
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
            _ when definition.DeclaringType is { } owner => $"{Definition(CodeDefinition.Of(owner))}.{GeneratedName.Stem(definition.Name).TrimStart('.')}",
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
        string prefix = type.DeclaringType is { } outer ? Definition(outer) + "." : type.Namespace is { Length: > 0 } space ? space + "." : "";
        if (GeneratedName.TryFileLocal(type.Name, out string? written)) return prefix + written;
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
