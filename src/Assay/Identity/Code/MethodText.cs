using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay;

/// <summary>Writes the normal form of a method: its instructions, with the names of members in place of metadata tokens.</summary>
internal sealed class MethodText(CodeNames names, CodeWalk walk)
{
    // The flags that change behaviour, unlike those for inlining. 0x2000 is runtime-async.
    private const MethodImplAttributes Meaningful =
        MethodImplAttributes.Synchronized | MethodImplAttributes.InternalCall | MethodImplAttributes.Runtime | (MethodImplAttributes)0x2000;

    private readonly StringBuilder _text = new();

    /// <summary>Returns the text of a definition and adds the members that it refers to to the walk.</summary>
    public string Write(MethodBase definition)
    {
        _text.Clear();
        Line(names.Reference(definition));
        Line(definition.IsStatic ? "static" : definition.IsVirtual ? "virtual" : "instance");
        Line(Invariant.Number((int)(definition.MethodImplementationFlags & Meaningful)));
        if (BodyOf(definition) is not { } body || body.GetILAsByteArray() is not { } il)
        {
            WriteMissingBody(definition);
            return _text.ToString();
        }

        MethodTokens tokens = new(definition);
        WriteLocals(body);
        foreach (IlInstruction instruction in IlReader.Read(il)) WriteInstruction(instruction, tokens);
        WriteHandlers(body);
        return _text.ToString();
    }

    // Natively compiled programs have no IL; the text then consists of the signature.
    private static MethodBody? BodyOf(MethodBase definition)
    {
        try
        {
            return definition.GetMethodBody();
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            return null;
        }
    }

    private void WriteMissingBody(MethodBase definition)
    {
        Line("no body");
        if (definition.GetCustomAttribute<DllImportAttribute>() is { } import) Line($"import {import.Value} {import.EntryPoint}");
    }

    private void WriteLocals(MethodBody body)
    {
        Line(body.InitLocals ? "init" : "skip init");
        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            Line($"local {names.Type(local.LocalType)}{(local.IsPinned ? " pinned" : "")}");
            if (local.LocalType.IsValueType) walk.Touch(local.LocalType);
            else walk.TouchArguments(local.LocalType);
        }
    }

    private void WriteInstruction(IlInstruction instruction, MethodTokens tokens)
    {
        _text.Append(instruction.Code.Name);
        if (instruction.Code.OperandType != OperandType.InlineNone)
            _text.Append(' ').Append(UnreadableCode.ReadOrMark(() => Operand(instruction, tokens)));

        _text.Append('\n');
    }

    private string Operand(IlInstruction instruction, MethodTokens tokens)
    {
        int token = (int)instruction.Operand;
        return instruction.Code.OperandType switch
        {
            OperandType.InlineString when tokens.String(token) is var text => $"{Invariant.Number(text.Length)}:{text}",
            OperandType.InlineSwitch => string.Join(',', instruction.Targets.Select(target => Invariant.Number(target))),
            OperandType.InlineSig => tokens.Signature(token, names.Type),
            OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok =>
                Member(tokens.Member(token)),
            _ => Invariant.Number(instruction.Operand),
        };
    }

    private string Member(MemberInfo member)
    {
        switch (member)
        {
            case Type type:
                walk.Touch(type);
                return names.Type(type);
            case FieldInfo field:
                walk.Reach(field);
                return Data(field) is { } data ? $"data {data}" : names.Reference(field);
            default:
                string reference = names.Reference((MethodBase)member);
                walk.Reach((MethodBase)member);
                return reference;
        }
    }

    private void WriteHandlers(MethodBody body)
    {
        foreach (ExceptionHandlingClause clause in body.ExceptionHandlingClauses)
        {
            string caught = clause.Flags switch
            {
                ExceptionHandlingClauseOptions.Clause => clause.CatchType is { } type ? names.Type(type) : "object",
                ExceptionHandlingClauseOptions.Filter => Invariant.Number(clause.FilterOffset),
                _ => "",
            };
            int[] offsets = [clause.TryOffset, clause.TryLength, clause.HandlerOffset, clause.HandlerLength];
            Line($"{clause.Flags} {string.Join(',', offsets.Select(offset => Invariant.Number(offset)))} {caught}");
        }
    }

    // The length and the hash of the data that the image has for a field: an array initialiser, a u8 literal, a constant span.
    private static string? Data(FieldInfo field)
    {
        if (!field.IsStatic || (field.Attributes & FieldAttributes.HasFieldRVA) == 0) return null;
        Type type = field.FieldType;
        byte[] content = new byte[type.StructLayoutAttribute is { Size: > 0 } layout ? layout.Size : Marshal.SizeOf(type)];
        RuntimeHelpers.InitializeArray(content, field.FieldHandle);
        return $"{Invariant.Number(content.Length)}:{CodeHash.OfMember(content)}";
    }

    private void Line(string text) => _text.Append(text).Append('\n');
}

/// <summary>Resolves the metadata tokens of one method body.</summary>
internal sealed class MethodTokens(MethodBase method)
{
    private readonly Module _module = method.Module;
    private readonly Type[] _typeArguments = method.DeclaringType?.GetGenericArguments() ?? [];
    private readonly Type[] _methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];

    public string String(int token) => _module.ResolveString(token);

    public MemberInfo Member(int token) => _module.ResolveMember(token, _typeArguments, _methodArguments)!;

    public string Signature(int token, Func<Type, string> write) =>
        new CallSignature(
            _module.ResolveSignature(token), type => _module.ResolveType(type, _typeArguments, _methodArguments), write).Write();
}
