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

    /// <summary>Adds an operation to the walk and returns the reference to it.</summary>
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
