namespace Assay;

/// <summary>How a workbook is written; pass it to <see cref="ExcelWriter"/>.</summary>
public sealed record ExcelOptions
{
    /// <summary>
    /// Name of the sheet: 1 to 31 characters, none of <c>: \ / ? * [ ]</c>, no apostrophe at either end. Default: <c>Table</c>.
    /// </summary>
    public string SheetName { get; init; } = "Table";
}
