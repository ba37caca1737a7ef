using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>The fingerprint of an operation's code, the hashes of its members by name, and the variables that are not part of it.</summary>
internal sealed record CodeFingerprint(
    CodeIdentity Mode, string Value, IReadOnlyDictionary<string, string> Members, IReadOnlyList<string> Captured);

/// <summary>The extent of the user's code that is part of a run's identity.</summary>
public enum CodeIdentity
{
    /// <summary>
    /// All code of the user's assemblies that the operation reaches, and the versions of the packages that it reaches. An edit of a method
    /// that the operation calls changes the identity; an edit of other code does not. The default.
    /// </summary>
    Reachable,

    /// <summary>No code. The identity consists of the experiment's name and version, the parameters, the seed and the context.</summary>
    None,

    /// <summary>The operation with its lambdas, local functions, async or iterator body, without the methods that it calls.</summary>
    Operation,

    /// <summary>All methods and resources of the operation's assembly, and the code of other user assemblies that they reach.</summary>
    Assembly,
}

/// <summary>Computes the fingerprint of an operation's code, by the rules of <c>docs/design/0004-code-fingerprint.md</c>.</summary>
internal static class CodeFingerprinter
{
    // The version of the normal form. A change of the form changes the id of every run.
    private const string Form = "assay-code-1";

    // A weak table, so that collectible assemblies can be unloaded.
    private static readonly ConditionalWeakTable<Assembly, ConcurrentDictionary<Request, CodeFingerprint>> Known = [];

    /// <summary>Returns the fingerprint of the user's delegate. It is computed once per method, receiver type and mode.</summary>
    public static CodeFingerprint Of(Delegate operation, CodeIdentity mode = CodeIdentity.Reachable)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (!Enum.IsDefined(mode)) throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected a member of CodeIdentity.");

        Delegate[] parts = operation.GetInvocationList();
        if (parts.Length > 1 || !operation.Method.HasMetadataToken()) return Compute(parts, mode);
        ConcurrentDictionary<Request, CodeFingerprint> known = Known.GetOrCreateValue(operation.Method.Module.Assembly);
        Request request = new(operation.Method, CapturedVariables.Receiver(operation.Target), mode);
        return known.TryGetValue(request, out CodeFingerprint? found) ? found : known.GetOrAdd(request, Compute(parts, mode));
    }

    /// <summary>Returns the fingerprint of several delegates together; of a single one the same as of it alone.</summary>
    public static CodeFingerprint Of(IReadOnlyList<Delegate> operations, CodeIdentity mode) => operations.Count == 1
        ? Of(operations[0], mode) : Compute([.. operations.SelectMany(operation => operation.GetInvocationList())], mode);

    private static CodeFingerprint Compute(Delegate[] operations, CodeIdentity mode)
    {
        CodeWalk walk = new(namedCode: mode is CodeIdentity.Reachable or CodeIdentity.Assembly);
        SortedDictionary<string, string> members = new(StringComparer.Ordinal);
        string[] references = [.. operations.Select(operation =>
            operation.Method.HasMetadataToken() ? Start(operation, walk) : WithoutCode(operation.Method, members))];
        walk.Finish();
        Delegate[] readable = [.. operations.Where(operation => operation.Method.HasMetadataToken())];
        string[] captured = [.. readable.SelectMany(operation => CapturedVariables.Of(operation.Method, operation.Target, walk))
            .Distinct().Order(StringComparer.Ordinal)];
        Assembly[] assemblies = mode != CodeIdentity.Assembly ? []
            : [.. readable.Select(operation => operation.Method.Module.Assembly).Distinct().Where(a => CodeOrigin.Of(a).IsUser)];
        foreach (Assembly assembly in assemblies) AssemblyCode.Reach(assembly, walk);
        walk.Finish();

        foreach ((string name, string value) in walk.Members.Concat(assemblies.SelectMany(AssemblyCode.Resources))) members[name] = value;
        return mode == CodeIdentity.None
            ? new CodeFingerprint(mode, "", new SortedDictionary<string, string>(), captured)
            : new CodeFingerprint(mode, CodeHash.OfFingerprint(Text(references, members)), members, captured);
    }

    private static string Start(Delegate operation, CodeWalk walk)
    {
        string reference = walk.Start(operation.Method);
        walk.ReachParameters(operation.Method);
        if (!operation.Method.IsStatic && CapturedVariables.Receiver(operation.Target) is { } receiver) walk.Touch(receiver);
        return reference;
    }

    // Compiled expressions and other dynamic methods have no readable code, only a signature.
    private static string WithoutCode(MethodInfo method, SortedDictionary<string, string> members)
    {
        TypeNames types = new(TypeNames.Plain);
        string parameters = types.List(method.GetParameters().Select(parameter => parameter.ParameterType));
        string signature = $"({parameters}):{types.Write(method.ReturnType)}";
        members["method without code"] = CodeHash.OfMember(signature);
        return "method without code" + signature;
    }

    private static string Text(string[] references, SortedDictionary<string, string> members)
    {
        StringBuilder text = new(Form);
        foreach (string reference in references) text.Append("\noperation ").Append(reference);
        foreach ((string name, string value) in members) text.Append('\n').Append(name).Append('=').Append(value);
        return text.ToString();
    }

    private sealed record Request(MethodInfo Method, Type? Receiver, CodeIdentity Mode);
}

/// <summary>The hashes of code fingerprints.</summary>
internal static class CodeHash
{
    /// <summary>The hash of one member, 16 hex digits. It has to differ only from other forms of the same member.</summary>
    public static string OfMember(string text) => Hex(Bytes(text), 8);

    public static string OfMember(ReadOnlySpan<byte> data) => Hex(data, 8);

    /// <summary>The hash of all members, 32 hex digits.</summary>
    public static string OfFingerprint(string text) => Hex(Bytes(text), 16);

    // UTF-16, because UTF-8 has the same replacement character for all lone surrogates in string literals.
    private static ReadOnlySpan<byte> Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan());

    private static string Hex(ReadOnlySpan<byte> data, int length) => Convert.ToHexStringLower(SHA256.HashData(data).AsSpan(0, length));
}
