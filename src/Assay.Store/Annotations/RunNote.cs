namespace Assay;

/// <summary>A remark on a run, made after it was recorded.</summary>
/// <param name="Text">The remark.</param>
/// <param name="CreatedAt">When, in UTC.</param>
public sealed record RunNote(string Text, DateTimeOffset CreatedAt);
