namespace Assay;

/// <summary>
/// How a table is shown to people, as console text, Markdown, LaTeX or HTML. Files for programs are never rounded or cut.
/// </summary>
public sealed record TextTableOptions
{
    /// <summary>Significant digits of floating-point numbers; null for as many as the value has. Default: 6.</summary>
    public int? SignificantDigits { get; init; } = 6;

    /// <summary>The most rows shown; a last line counts the others. Null for all. Default: null.</summary>
    public int? MaxRows { get; init; }

    /// <summary>The text of a null. Default: empty.</summary>
    public string NullText { get; init; } = "";

    /// <summary>
    /// Longest text shown in a cell or as a name, in characters; longer text ends in <c>…</c>. Numbers are never cut. Null for any length.
    /// Default: null.
    /// </summary>
    public int? MaxWidth { get; init; }
}
