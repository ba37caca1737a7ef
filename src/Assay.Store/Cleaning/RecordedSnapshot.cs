namespace Assay;

/// <summary>
/// A ref in git that a session made to keep uncommitted code, as its journal records it. The values come from a store and are data: nothing
/// is to be run or opened by them.
/// </summary>
/// <param name="Ref">The ref's full name.</param>
/// <param name="Commit">The commit it pointed to.</param>
public sealed record RecordedSnapshot(string Ref, string Commit);
