using System.Reflection;

namespace Assay;

/// <summary>Visits the code that an operation reaches and hashes each member. The order of visits depends on reached code alone.</summary>
internal sealed class CodeWalk
{
    private readonly SortedDictionary<string, string> _members = new(StringComparer.Ordinal);
    private readonly Queue<MemberInfo> _waiting = new();
    private readonly HashSet<CodeKey> _seen = [];
    private readonly HashSet<CodeKey> _fields = [];
    private readonly bool _namedCode;
    private readonly CodeNames _names;
    private readonly MethodText _text;

    /// <param name="namedCode">Whether to follow declared members, or only members that the compiler generated from the operation.</param>
    public CodeWalk(bool namedCode)
    {
        _namedCode = namedCode;
        _names = new CodeNames(Mention);
        _text = new MethodText(_names, this);
    }

    /// <summary>The hashes of the reached members by readable name, and the versions of packages.</summary>
    public IReadOnlyDictionary<string, string> Members => _members;

    public string Start(MethodBase operation)
    {
        MethodBase definition = CodeDefinition.Of(operation);
        if (CodeOrigin.Of(definition.Module.Assembly).IsUser)
        {
            _names.NameOperation(definition);
            Enqueue(definition);
        }

        string reference = _names.Reference(operation);
        Reach(operation);
        return reference;
    }

    public void Finish()
    {
        while (_waiting.TryDequeue(out MemberInfo? next))
        {
            if (next is Type type) Visit(type);
            else Visit((MethodBase)next);
        }
    }

    public bool Uses(FieldInfo field) => _fields.Contains(CodeKey.Of(field));

    /// <summary>Adds a method that is called, or whose address is taken.</summary>
    public void Reach(MethodBase method)
    {
        foreach (Type argument in method.IsGenericMethod ? method.GetGenericArguments() : []) TouchArgument(argument);
        if (method.DeclaringType is not { } owner)
        {
            ReachDefinition(CodeDefinition.Of(method));
            return;
        }

        TouchArguments(owner);
        if (owner.IsArray) return;
        MethodBase definition = CodeDefinition.Of(method);
        if (definition.IsConstructor && !definition.IsStatic) Touch(owner);
        if (definition.IsStatic) ReachDefinition(TypeMembers.EagerInitializer(definition.DeclaringType!));
        ReachDefinition(definition);
    }

    /// <summary>Adds a field that is read, written or whose address is taken. A static field adds the static constructor.</summary>
    public void Reach(FieldInfo field)
    {
        if (field.DeclaringType is not { } owner) return;
        TouchArguments(owner);
        FieldInfo definition = CodeDefinition.Of(field);
        _fields.Add(CodeKey.Of(definition));
        if (field.IsStatic) ReachDefinition(definition.DeclaringType!.TypeInitializer);
    }

    /// <summary>Adds a type whose objects may exist, so that its overrides and interface implementations may be called.</summary>
    public void Touch(Type type)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        TouchArguments(type);
        if (type.IsGenericParameter || type.IsFunctionPointer) return;
        Type definition = CodeDefinition.Of(type);
        if (Follows(definition)) Enqueue(definition);
    }

    /// <summary>Adds the generic arguments of a type, without the type itself.</summary>
    public void TouchArguments(Type type)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        foreach (Type argument in type.GetGenericArguments()) TouchArgument(argument);
    }

    // Generic code may create objects of its type arguments, for example with new T().
    private void TouchArgument(Type type)
    {
        Touch(type);
        while (type.HasElementType) type = type.GetElementType()!;
        if (type.IsGenericParameter || type.IsFunctionPointer) return;
        foreach (MethodBase constructor in TypeMembers.Constructors(CodeDefinition.Of(type))) ReachDefinition(constructor);
    }

    /// <summary>Adds the constructors and setters of the parameters: Assay calls them, so the operation's code does not.</summary>
    public void ReachParameters(MethodBase operation)
    {
        HashSet<Type> seen = [];
        foreach (ParameterInfo parameter in operation.GetParameters()) ReachConstruction(parameter.ParameterType, seen);
    }

    private void ReachConstruction(Type type, HashSet<Type> seen)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        if (type.IsGenericParameter || !seen.Add(type)) return;
        Touch(type);
        foreach (Type argument in type.GetGenericArguments()) ReachConstruction(argument, seen);
        if (!CodeOrigin.Of(type.Assembly).IsUser) return;
        const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;
        foreach (MethodBase constructor in TypeMembers.Ordered(type.GetConstructors(Instance))) Reach(constructor);
        foreach (PropertyInfo property in type.GetProperties(Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.SetMethod is { } setter) Reach(setter);
            ReachConstruction(property.PropertyType, seen);
        }
    }

    private void ReachDefinition(MethodBase? definition)
    {
        if (definition is not null && Follows(definition)) Enqueue(definition);
    }

    private bool Follows(MemberInfo definition) =>
        CodeOrigin.Of(definition.Module.Assembly).IsUser && (_namedCode || OperationParts.IsPart(definition));

    private void Enqueue(MemberInfo definition)
    {
        if (_seen.Add(CodeKey.Of(definition))) _waiting.Enqueue(definition);
    }

    private void Visit(MethodBase definition)
    {
        _names.Enter(definition);
        _members[_names.Definition(definition)] = CodeHash.OfMember(UnreadableCode.ReadOrMark(() => _text.Write(definition)));
    }

    private void Visit(Type definition)
    {
        try
        {
            VisitParts(definition);
        }
        catch (Exception e) when (UnreadableCode.IsCause(e))
        {
            _members["type " + _names.Type(definition)] = CodeHash.OfMember(UnreadableCode.Marker(e));
        }
    }

    private void VisitParts(Type definition)
    {
        if (!OperationParts.IsPart(definition))
            _members["type " + _names.Type(definition)] = CodeHash.OfMember(CodeTypes.Write(definition, _names));

        if (definition.BaseType is { } parent) Touch(parent);
        foreach (Type contract in CodeTypes.DeclaredInterfaces(definition).OrderBy(_names.Type, StringComparer.Ordinal)) Touch(contract);
        ReachDefinition(TypeMembers.EagerInitializer(definition));
        foreach (MethodBase method in TypeMembers.CalledThroughContracts(definition)) ReachDefinition(method);
    }

    private void Mention(Assembly assembly)
    {
        CodeOrigin origin = CodeOrigin.Of(assembly);
        if (origin.Package is { } package) _members[$"package:{package}"] = origin.Version!;
    }
}

/// <summary>Adds the declared code of an assembly to a walk. Generated code is reached from there, so that its names are stable.</summary>
internal static class AssemblyCode
{
    /// <summary>Adds all types and methods in the order of their names, which does not depend on their order in the source.</summary>
    public static void Reach(Assembly assembly, CodeWalk walk)
    {
        IEnumerable<Type> declared = Types(assembly).Where(IsDeclared);
        foreach (Type type in declared.OrderBy(Name, StringComparer.Ordinal).ThenBy(type => type.MetadataToken))
        {
            walk.Touch(type);
            foreach (MethodBase method in TypeMembers.Ordered(Methods(type))) walk.Reach(method);
        }
    }

    /// <summary>The hashes of the embedded resources by <c>resource:Name</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Resources(Assembly assembly)
    {
        if (assembly.IsDynamic) yield break;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using Stream? content = assembly.GetManifestResourceStream(name);
            if (content is null) continue;
            using MemoryStream copy = new();
            content.CopyTo(copy);
            yield return new($"resource:{name}", CodeHash.OfMember(copy.ToArray()));
        }
    }

    // A type whose base type is in a missing optional dependency cannot be used, so it is left out.
    private static IEnumerable<Type> Types(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static IEnumerable<MethodBase> Methods(Type type)
    {
        MethodBase[] all = [.. type.GetMethods(CodeDefinition.Declared), .. type.GetConstructors(CodeDefinition.Declared)];
        return all.Where(method => !OperationParts.IsPart(method));
    }

    private static bool IsDeclared(Type type) =>
        GeneratedName.DeclaredFileLocal(type.Name) is not null
        || (GeneratedName.Of(type.Name) is null && (type.DeclaringType is not { } outer || IsDeclared(outer)));

    // The metadata name of a file-local type contains a hash of the path of its file, so the declared name is used.
    private static string Name(Type type)
    {
        string owner = type.DeclaringType is { } outer ? Name(outer) : type.Namespace ?? "";
        return $"{owner}.{GeneratedName.DeclaredFileLocal(type.Name) ?? type.Name}";
    }
}

/// <summary>Replaces references to missing code, such as an optional dependency, by a marker that is the same in every build.</summary>
internal static class UnreadableCode
{
    public static bool IsCause(Exception e) =>
        e is FileNotFoundException or FileLoadException or TypeLoadException or MissingMemberException or BadImageFormatException;

    public static string ReadOrMark(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsCause(e))
        {
            return Marker(e);
        }
    }

    /// <summary>The marker. It does not contain the message of the exception, which may be translated and contain paths.</summary>
    public static string Marker(Exception e) => $"unreadable {e.GetType().Name} {(e as TypeLoadException)?.TypeName}";
}
