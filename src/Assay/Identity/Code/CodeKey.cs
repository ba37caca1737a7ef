using System.Reflection;

namespace Assay;

/// <summary>One type, method or field definition while a walk lasts. Reflection hands out several objects for the same one.</summary>
internal readonly record struct CodeKey(Module Module, int Token)
{
    public static CodeKey Of(MemberInfo member) => new(member.Module, member.MetadataToken);
}
