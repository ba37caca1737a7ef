namespace Assay.Questions;

/// <summary>The answer of a question: a report as data, and what a surface needs beside it.</summary>
/// <param name="Report">The answer.</param>
public sealed record Answer(Report Report)
{
    private ShortIds? _ids;

    /// <summary>The runs that were read; null where none were.</summary>
    public Results? Runs { get; init; }

    /// <summary>Whether the answer is no: nothing was found, or something is wrong. A command then ends with exit code 1.</summary>
    public bool IsNegative { get; init; }

    /// <summary>Warnings for a person at a shell, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Remarks for a client of the server, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The number of lines that were skipped because they cannot be read; a list without them looks complete.</summary>
    public int Damaged => Runs?.Damage.Count ?? 0;

    /// <summary>The list that a tool gives in pages; null where it has none.</summary>
    public AnswerList? List { get; init; }

    /// <summary>A sentence about the way to values that were cut short, for a client of the server. Default: none.</summary>
    public string Rest { get; init; } = "";

    /// <summary>The runs among whose ids those of the answer are cut short. Default: all that were read.</summary>
    internal Func<ShortIds>? ShortIds { private get; init; }

    internal string ShortId(string id) => (_ids ??= ShortIds?.Invoke() ?? new ShortIds(Runs!.ReadIds())).Of(id);
}

/// <summary>A list in an answer that is given in pages.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Total">The number of elements on all pages.</param>
/// <param name="From">The number of elements before this page.</param>
public sealed record AnswerList(string Name, int Total, int From)
{
    /// <summary>
    /// The id of an element of the page, by which the next page is found even when elements are added before it. Default: pages are found
    /// by number.
    /// </summary>
    public Func<int, string> IdOf { get; init; } = _ => "";

    /// <summary>The cursor of what follows some elements of the page; null at the end.</summary>
    internal string? Next(int given, QuestionCall call) =>
        given > 0 && From + given < Total ? new PageCursor(From + given, IdOf(given - 1)).Text(call) : null;
}
