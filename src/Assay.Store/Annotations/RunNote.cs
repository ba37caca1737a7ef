namespace Assay;

/// <summary>Something said about a run after it was recorded.</summary>
/// <param name="Text">What was said.</param>
/// <param name="CreatedAt">When, in UTC.</param>
public sealed record RunNote(string Text, DateTimeOffset CreatedAt);
