namespace Assay;

/// <summary>The identity of an operation's code.</summary>
/// <param name="Mode">The extent of the code.</param>
/// <param name="Value">32 lower-case hex digits; empty if the mode is <see cref="CodeIdentity.None"/>.</param>
/// <param name="Members">The hashes of the reached members, 16 hex digits by readable name, and the versions of packages by
/// <c>package:Name</c>, sorted by name. Two fingerprints with different values differ in their members or in the name of their
/// operation.</param>
/// <param name="Captured">The names of the variables that the operation captures. They are not part of the identity.</param>
internal sealed record CodeFingerprint(
    CodeIdentity Mode,
    string Value,
    IReadOnlyDictionary<string, string> Members,
    IReadOnlyList<string> Captured);

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
