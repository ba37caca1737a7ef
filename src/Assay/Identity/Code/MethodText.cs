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
        switch (instruction.Code.OperandType)
        {
            case OperandType.InlineString:
                string text = tokens.String(token);
                return $"{Invariant.Number(text.Length)}:{text}";
            case OperandType.InlineSwitch:
                return string.Join(',', instruction.Targets.Select(target => Invariant.Number(target)));
            case OperandType.InlineSig:
                return tokens.Signature(token, names.Type);
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok:
                return Member(tokens.Member(token));
            default:
                return Invariant.Number(instruction.Operand);
        }
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
                return FieldData.Of(field) is { } data ? $"data {data}" : names.Reference(field);
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
        new CallSignature(_module.ResolveSignature(token), Resolve, write).Write();

    private Type Resolve(int token) => _module.ResolveType(token, _typeArguments, _methodArguments);
}

/// <summary>Reads the data that the image contains for a field: array initialisers, <c>u8</c> literals, constant spans.</summary>
internal static class FieldData
{
    /// <summary>Returns the length and the hash of the data; null for a field without data, which is referred to by name.</summary>
    public static string? Of(FieldInfo field)
    {
        if (!field.IsStatic || (field.Attributes & FieldAttributes.HasFieldRVA) == 0) return null;
        byte[] content = new byte[SizeOf(field.FieldType)];
        RuntimeHelpers.InitializeArray(content, field.FieldHandle);
        return $"{Invariant.Number(content.Length)}:{CodeHash.OfMember(content)}";
    }

    private static int SizeOf(Type type) => type.StructLayoutAttribute is { Size: > 0 } layout ? layout.Size : Marshal.SizeOf(type);
}
