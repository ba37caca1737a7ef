using System.Buffers;
using Assay.Excel;

namespace Assay;

/// <summary>
/// Writes a table as an Excel workbook (<c>.xlsx</c>) of one sheet: a bold header that stays in view, numbers as numbers, times as Excel's
/// dates in UTC to the millisecond, durations as hours. What a sheet has no number for is text, so that nothing is lost: NaN and
/// infinities, whole numbers beyond ±2^53, times before March 1900, negative durations. Text never becomes a formula. Holds no state
/// between calls, so one instance serves several threads.
/// </summary>
/// <remarks>
/// The format is found by its extension wherever the assembly of this class is referred to, so <c>table.Save("runs.xlsx")</c> needs no
/// call. The class is for options and streams. Memory does not grow with the table.
/// </remarks>
public sealed class ExcelWriter : ITableWriter
{
    private const int LongestName = 31;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(":\\/?*[]");

    private readonly string _sheetName;

    /// <summary>Creates a writer with the default options.</summary>
    public ExcelWriter() : this(new ExcelOptions()) { }

    /// <summary>Creates a writer with options.</summary>
    /// <exception cref="ArgumentException">The name of the sheet is not one that Excel takes.</exception>
    public ExcelWriter(ExcelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.SheetName);
        if (!IsSheetName(options.SheetName))
            throw new ArgumentException($"'{options.SheetName}' is no name of a sheet; expected 1 to {LongestName} characters, none of "
                + ": \\ / ? * [ ], no apostrophe at either end.", nameof(options));
        _sheetName = options.SheetName;
    }

    /// <inheritdoc/>
    /// <exception cref="TableException">
    /// The table has more rows, more columns or longer text than a sheet can hold; nothing was written.
    /// </exception>
    public void Write(Table table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        SheetLimits.Check(table);
        WorkbookFile.Write(stream, _sheetName, sheet => SheetContent.Write(table, sheet));
    }

    /// <summary>Whether Excel takes the name; with any other it calls the file damaged.</summary>
    private static bool IsSheetName(string name) =>
        name.Length is > 0 and <= LongestName && !name.AsSpan().ContainsAny(Forbidden) && name[0] != '\'' && name[^1] != '\''
            && !name.Any(char.IsControl);
}

/// <summary>How a workbook is written; pass it to <see cref="ExcelWriter"/>.</summary>
public sealed record ExcelOptions
{
    /// <summary>
    /// Name of the sheet: 1 to 31 characters, none of <c>: \ / ? * [ ]</c>, no apostrophe at either end. Default: <c>Table</c>.
    /// </summary>
    public string SheetName { get; init; } = "Table";
}
