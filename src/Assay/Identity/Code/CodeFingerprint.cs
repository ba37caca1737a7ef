namespace Assay;

/// <summary>The identity of an operation's code.</summary>
/// <param name="Mode">The extent of the code.</param>
/// <param name="Value">32 lower-case hex digits; empty if the mode is <see cref="CodeIdentity.None"/>.</param>
/// <param name="Members">
/// The hashes of the reached members, 16 hex digits by readable name, and the versions of packages by <c>package:Name</c>, sorted by
/// name. Two fingerprints with different values differ in their members or in the name of their operation.
/// </param>
/// <param name="Captured">The names of the variables that the operation captures. They are not part of the identity.</param>
internal sealed record CodeFingerprint(
    CodeIdentity Mode,
    string Value,
    IReadOnlyDictionary<string, string> Members,
    IReadOnlyList<string> Captured);
