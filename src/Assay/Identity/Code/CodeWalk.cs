using System.Reflection;

namespace Assay;

/// <summary>Visits everything an operation reaches, in an order that only reached code decides, and keeps what each member is.</summary>
internal sealed class CodeWalk
{
    private readonly SortedDictionary<string, string> _members = new(StringComparer.Ordinal);
    private readonly Queue<MemberInfo> _waiting = new();
    private readonly HashSet<CodeKey> _seen = [];
    private readonly HashSet<CodeKey> _fields = [];
    private readonly bool _namedCode;
    private readonly CodeNames _names;
    private readonly MethodText _text;

    /// <summary>Prepares a walk.</summary>
    /// <param name="namedCode">Whether to follow what a person named, or only what the compiler made out of the operation's body.</param>
    public CodeWalk(bool namedCode)
    {
        _namedCode = namedCode;
        _names = new CodeNames(Mention);
        _text = new MethodText(_names, this);
    }

    /// <summary>Readable name → hash of the normal form, packages included.</summary>
    public IReadOnlyDictionary<string, string> Members => _members;

    /// <summary>Starts from an operation and returns how it is referred to.</summary>
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

    /// <summary>Visits all that is waiting, and all that it reaches.</summary>
    public void Finish()
    {
        while (_waiting.TryDequeue(out MemberInfo? next))
        {
            if (next is Type type) Visit(type);
            else Visit((MethodBase)next);
        }
    }

    /// <summary>Whether reached code reads or writes this field.</summary>
    public bool Uses(FieldInfo field) => _fields.Contains(CodeKey.Of(field));

    /// <summary>A method is called, or its address taken.</summary>
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
        if (definition.IsStatic) ReachDefinition(TypeParts.EagerInitializer(definition.DeclaringType!));
        ReachDefinition(definition);
    }

    /// <summary>A field is read, written or pointed to. A static one brings the code that sets it up.</summary>
    public void Reach(FieldInfo field)
    {
        if (field.DeclaringType is not { } owner) return;
        TouchArguments(owner);
        FieldInfo definition = CodeDefinition.Of(field);
        _fields.Add(CodeKey.Of(definition));
        if (field.IsStatic) ReachDefinition(definition.DeclaringType!.TypeInitializer);
    }

    /// <summary>An object of this type may exist: whatever is called through its base or interfaces may run.</summary>
    public void Touch(Type type)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        TouchArguments(type);
        if (type.IsGenericParameter || type.IsFunctionPointer) return;
        Type definition = CodeDefinition.Of(type);
        if (Follows(definition)) Enqueue(definition);
    }

    /// <summary>The type's generic arguments are touched, the type itself is not.</summary>
    public void TouchArguments(Type type)
    {
        while (type.HasElementType) type = type.GetElementType()!;
        foreach (Type argument in type.GetGenericArguments()) TouchArgument(argument);
    }

    // Generic code may make objects of its arguments: by new T(), by reading them from a file.
    private void TouchArgument(Type type)
    {
        Touch(type);
        while (type.HasElementType) type = type.GetElementType()!;
        if (type.IsGenericParameter || type.IsFunctionPointer) return;
        foreach (MethodBase constructor in TypeParts.Constructors(CodeDefinition.Of(type))) ReachDefinition(constructor);
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
        _members[_names.Definition(definition)] = CodeHash.OfMember(Unreadable.Or(() => _text.Write(definition)));
    }

    private void Visit(Type definition)
    {
        try
        {
            VisitParts(definition);
        }
        catch (Exception e) when (Unreadable.Is(e))
        {
            _members["type " + _names.Type(definition)] = CodeHash.OfMember(Unreadable.Text(e));
        }
    }

    private void VisitParts(Type definition)
    {
        if (!OperationParts.IsPart(definition))
        {
            _members["type " + _names.Type(definition)] = CodeHash.OfMember(CodeTypes.Write(definition, _names));
        }

        if (definition.BaseType is { } parent) Touch(parent);
        foreach (Type contract in CodeTypes.DeclaredInterfaces(definition).OrderBy(_names.Type, StringComparer.Ordinal)) Touch(contract);
        ReachDefinition(TypeParts.EagerInitializer(definition));
        foreach (MethodBase method in TypeParts.Callable(definition)) ReachDefinition(method);
    }

    private void Mention(Assembly assembly)
    {
        CodeOrigin origin = CodeOrigin.Of(assembly);
        if (origin.Package is { } package) _members[$"package:{package}"] = origin.Version!;
    }
}
