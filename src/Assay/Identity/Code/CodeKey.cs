using System.Reflection;

namespace Assay;

/// <summary>The key of a type, method or field definition. Reflection may return several objects for the same definition.</summary>
internal readonly record struct CodeKey(Module Module, int Token)
{
    public static CodeKey Of(MemberInfo member) => new(member.Module, member.MetadataToken);
}
