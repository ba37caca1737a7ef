using System.Reflection;

namespace Assay;

/// <summary>Resolves the metadata tokens of one method body.</summary>
internal sealed class MethodTokens(MethodBase method)
{
    private readonly Module _module = method.Module;
    private readonly Type[] _typeArguments = method.DeclaringType?.GetGenericArguments() ?? [];
    private readonly Type[] _methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];

    public string String(int token) => _module.ResolveString(token);

    public MemberInfo Member(int token) => _module.ResolveMember(token, _typeArguments, _methodArguments)!;

    /// <summary>The signature of an indirect call.</summary>
    public string Signature(int token, Func<Type, string> write) =>
        new CallSignature(_module.ResolveSignature(token), Resolve, write).Write();

    private Type Resolve(int token) => _module.ResolveType(token, _typeArguments, _methodArguments);
}
