namespace Assay.Cli.Mcp;

/// <summary>What a tool found, before it is cut to what one answer may hold.</summary>
internal sealed record ToolAnswer(Report Report)
{
    /// <summary>The JSON name of the list that is given in pages; null when the answer has none.</summary>
    public string? List { get; init; }

    /// <summary>The cursor of what follows when so many of the list's elements are given; null at the end.</summary>
    public Func<int, string?> Next { get; init; } = _ => null;

    /// <summary>What the reader has to know beside the answer.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How to get what is cut from single values.</summary>
    public string Rest { get; init; } = "";

    /// <summary>The number of lines that were skipped because they cannot be read; a list without them looks complete.</summary>
    public int Damaged { get; init; }
}
