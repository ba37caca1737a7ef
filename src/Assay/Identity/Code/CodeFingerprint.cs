namespace Assay;

/// <summary>What the operation's code is, as far as identity is concerned, and what it was computed from.</summary>
/// <param name="Mode">How much code was looked at.</param>
/// <param name="Value">32 lower-case hex digits; empty when the mode is <see cref="CodeIdentity.None"/>.</param>
/// <param name="Members">
/// Sorted by name: readable name of a reached member → 16 hex digits of its normal form, and <c>package:Name</c> → version.
/// Two fingerprints with different values differ here or in the name of their operation, so this says what changed.
/// </param>
/// <param name="Captured">Names of the variables the operation captures. They are outside identity.</param>
internal sealed record CodeFingerprint(
    CodeIdentity Mode,
    string Value,
    IReadOnlyDictionary<string, string> Members,
    IReadOnlyList<string> Captured);
