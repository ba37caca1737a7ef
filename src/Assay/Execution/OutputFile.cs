namespace Assay;

/// <summary>
/// Where <see cref="RunOptions.Output"/> and <see cref="RunOptions.OutputFormat"/> lead: a file, a folder that gets a file named after time and
/// experiment, or the clipboard.
/// </summary>
internal static class OutputFile
{
    private const string DefaultFolder = "output";

    public static bool IsWanted(RunOptions options) => options.Output is not null || options.OutputFormat is not null;

    /// <summary>Tells now what would otherwise fail when all runs are done.</summary>
    public static void Check(RunOptions options, List<string> faults)
    {
        if (!IsWanted(options)) return;
        bool isClipboard = options.OutputFormat == TableFormat.Clipboard;
        if (options.OutputFormat is { } format && !Enum.IsDefined(format)) faults.Add($"OutputFormat is {format}; expected a member of {nameof(TableFormat)}.");
        else if (isClipboard && options.Output is { } unused) faults.Add($"OutputFormat is {TableFormat.Clipboard}, which is no file, but Output is '{unused}'; leave one of them out.");
        else if (FormatFault(options) is { } fault) faults.Add(fault);
        if (isClipboard) return;
        string output = Place(options);
        string folder = IsFolder(output) ? output : Path.GetDirectoryName(Path.GetFullPath(output)) ?? output;
        if (OutputFolder.Fault(folder) is { } unwritable) faults.Add($"Output is '{output}', but {unwritable} Make room for it there, or choose another place.");
    }

    /// <summary>Saves the rows of the runs, or a row for each run where they recorded none.</summary>
    /// <exception cref="AssayException">The table cannot be saved there; the message tells what is kept.</exception>
    public static void Save(Results results, RunOptions options, string experiment)
    {
        Table rows = results.Rows;
        Table table = rows.RowCount > 0 ? rows : results.ToTable();
        string target = options.OutputFormat == TableFormat.Clipboard ? "the clipboard" : $"'{Place(options)}'";
        try
        {
            Save(table, options, experiment);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TableException)
        {
            throw new AssayException($"'{experiment}' is done and its runs are kept, but their table cannot be saved to {target}: {fault.Message} Save it with 'assay export', or run again with another Output: nothing is computed twice.", fault);
        }
    }

    private static void Save(Table table, RunOptions options, string experiment)
    {
        string output = Place(options);
        if (options.OutputFormat == TableFormat.Clipboard) table.CopyToClipboard();
        else if (IsFolder(output)) OutputFolder.Save(table, output, experiment, options.OutputFormat ?? TableFormat.Csv, options.Clock);
        else table.Save(output, options.OutputFormat);
    }

    private static string? FormatFault(RunOptions options)
    {
        try
        {
            bool isTold = options.OutputFormat is not null || IsFolder(Place(options));
            TableFormat format = isTold ? options.OutputFormat ?? TableFormat.Csv : TableFormats.FromPath(Place(options));
            return format.WriteFault() is { } fault ? $"{(options.OutputFormat is null ? $"Output is '{options.Output}'" : $"OutputFormat is {format}")}: {fault}" : null;
        }
        catch (TableException fault)
        {
            return $"Output is '{options.Output}': {fault.Message}";
        }
    }

    internal static string Place(RunOptions options) => options.Output ?? DefaultFolder;

    private static bool IsFolder(string output) => Directory.Exists(output) || output.EndsWith('/') || output.EndsWith('\\') || Path.GetExtension(output).Length == 0;
}
