using System.Globalization;

namespace Assay;

/// <summary>Where <see cref="RunOptions.Output"/> saves the table: a file, a new file in a folder, or the clipboard.</summary>
internal static class OutputFile
{
    private const string DefaultFolder = "output";

    public static bool IsWanted(RunOptions options) => options.Output is not null || options.OutputFormat is not null;

    public static string Place(RunOptions options) => options.Output ?? DefaultFolder;

    /// <summary>Finds the faults that would otherwise appear after the last run.</summary>
    public static void Check(RunOptions options, List<string> faults)
    {
        if (!IsWanted(options)) return;
        if (options.OutputFormat is { } format && !Enum.IsDefined(format))
            faults.Add($"OutputFormat is {format}; expected a member of {nameof(TableFormat)}.");
        else if (options is { OutputFormat: TableFormat.Clipboard, Output: { } unused })
            faults.Add($"OutputFormat is {TableFormat.Clipboard}, which is no file, but Output is '{unused}'; leave one of them out.");
        else if (FormatFault(options) is { } fault) faults.Add(fault);
        if (options.OutputFormat == TableFormat.Clipboard) return;
        string output = Place(options);
        string folder = IsFolder(output) ? output : Path.GetDirectoryName(Path.GetFullPath(output)) ?? output;
        if (FolderFault(folder) is { } unwritable)
            faults.Add($"Output is '{output}', but {unwritable} Make room for it there, or choose another place.");
    }

    /// <summary>Saves the rows of the runs, or one row per run if they recorded no rows.</summary>
    /// <exception cref="AssayException">The table cannot be saved. The runs are kept.</exception>
    public static void Save(Results results, RunOptions options, string experiment)
    {
        Table rows = results.Rows;
        Table table = rows.RowCount > 0 ? rows : results.ToTable();
        string output = Place(options);
        try
        {
            if (options.OutputFormat == TableFormat.Clipboard) table.CopyToClipboard();
            else if (IsFolder(output)) SaveIn(output, table, experiment, options.OutputFormat ?? TableFormat.Csv, options.Clock);
            else table.Save(output, options.OutputFormat);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TableException)
        {
            string target = options.OutputFormat == TableFormat.Clipboard ? "the clipboard" : $"'{output}'";
            throw new AssayException($"'{experiment}' is done and its runs are kept, but their table cannot be saved to {target}: "
                + $"{fault.Message} Save it with 'assay export', or run again with another Output: nothing is computed twice.", fault);
        }
    }

    /// <summary>Saves a table in a new file of a folder. Programs that save at the same time get different files.</summary>
    public static void SaveIn(string folder, Table table, string experiment, TableFormat format, TimeProvider clock)
    {
        string path = CreateFile(folder, experiment, format, clock);
        try
        {
            table.Save(path, format);
        }
        catch
        {
            // An empty file would look like an empty table.
            File.Delete(path);
            throw;
        }
    }

    private static string? FormatFault(RunOptions options)
    {
        try
        {
            bool isChosen = options.OutputFormat is not null || IsFolder(Place(options));
            TableFormat format = isChosen ? options.OutputFormat ?? TableFormat.Csv : TableFormats.FromPath(Place(options));
            if (format.WriteFault() is not { } fault) return null;
            return options.OutputFormat is null ? $"Output is '{options.Output}': {fault}" : $"OutputFormat is {format}: {fault}";
        }
        catch (TableException fault)
        {
            return $"Output is '{options.Output}': {fault.Message}";
        }
    }

    private static bool IsFolder(string output) =>
        Directory.Exists(output) || output.EndsWith('/') || output.EndsWith('\\') || Path.GetExtension(output).Length == 0;

    // Permissions do not tell whether a file can be created (the disk may be read-only), so a file is created and deleted.
    private static string? FolderFault(string folder)
    {
        string place = Path.GetFullPath(folder);
        while (!Directory.Exists(place))
        {
            if (File.Exists(place)) return $"'{place}' is a file and no folder.";
            if (Path.GetDirectoryName(place) is not { } parent) return $"'{place}' does not exist.";
            place = parent;
        }

        try
        {
            string probe = Path.Combine(place, $".assay.{Path.GetRandomFileName()}.tmp");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"nothing can be written to '{place}': {fault.Message}";
        }
    }

    private static string CreateFile(string folder, string experiment, TableFormat format, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        string time = clock.GetLocalNow().ToString("yyyy-MM-dd_HH-mm-ss-fff", CultureInfo.InvariantCulture);
        char[] invalid = [.. Path.GetInvalidFileNameChars(), '/', '\\'];
        string name = string.Concat(experiment.Select(c => invalid.Contains(c) ? '_' : c));
        for (int number = 1; ; number++)
        {
            string suffix = number == 1 ? "" : "_" + number.ToString(CultureInfo.InvariantCulture);
            string path = Path.Combine(folder, $"{time}_{name}{suffix}{format.Extension()}");
            try
            {
                new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                // The name is taken.
            }
        }
    }
}
