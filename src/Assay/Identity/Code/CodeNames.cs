using System.Reflection;

namespace Assay;

/// <summary>
/// Names the definitions that a walk reaches. Declared names are kept. A definition with a compiler-generated name is named after the
/// member that refers to it first (<c>Model.Fit.lambda</c>), with the suffixes <c>~2</c>, <c>~3</c> for further ones of that member. The
/// names depend on reached code alone, because the order of the walk does.
/// </summary>
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
