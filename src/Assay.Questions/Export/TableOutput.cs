namespace Assay.Questions;

/// <summary>Where a table goes: a file, standard output or the clipboard; checked before anything is read.</summary>
internal sealed record TableOutput(string? Path, TableFormat TableFormat)
{
    private const string StandardOutput = "-";

    public static TextParameter File { get; } = new(
        "output",
        $"The file; its extension names the format: {string.Join(", ", TableFormats.Writable.Select(f => f.Extension()))}. "
            + "A - is standard output, with --format", on: Shell)
    { Alias = "-o", Placeholder = "FILE" };

    public static TextParameter Format { get; } = new(
        "format", "The format by name, whatever the extension; clipboard takes no file", on: Shell)
    { Alias = "-f", Placeholder = "NAME" };

    /// <summary>The columns that are wanted.</summary>
    public static ListParameter Columns { get; } = new(
        "columns", "Only these columns of the table, by their exact names such as run_id, param_lr, accuracy. Default: all")
    { Placeholder = "NAMES", HasCommas = true };

    /// <summary>Whether the table is printed as text.</summary>
    public bool IsPrinted => Path == StandardOutput;

    /// <summary>Whether a call names a file or a format.</summary>
    public static bool IsNamed(QuestionCall call) => File.Of(call) is not null || Format.Of(call) is not null;

    /// <exception cref="AssayException">File and format do not fit, or the format cannot be written here.</exception>
    public static TableOutput Of(QuestionCall call)
    {
        string? output = File.Of(call);
        var found = new TableOutput(output, FormatOf(output, Format.Of(call)));
        return found.IsPrinted && call.IsJson
            ? throw new AssayException("--json and --output - would both write to standard output; expected one of them. "
                + "For the runs as JSON take --format json.")
            : found;
    }

    /// <summary>Saves the table, unless it is printed.</summary>
    /// <returns>The absolute path of the file; null where there is none.</returns>
    public string? Save(Table table)
    {
        if (IsPrinted) return null;
        try
        {
            if (Path is null) table.CopyToClipboard();
            else table.Save(Path, TableFormat);
        }
        // The fault names the file and what to do.
        catch (IOException fault)
        {
            throw new AssayException($"{fault.Message} The store was only read.", fault);
        }

        return Path is null ? null : System.IO.Path.GetFullPath(Path);
    }

    /// <summary>What was saved, and where.</summary>
    public static string Told(long rows, int columns, string? path)
    {
        string size = $"{Words.Count(rows, "row")} of {Words.Count(columns, "column")}";
        return path is null ? $"copied {size} to the clipboard" : $"wrote {size} to {path}";
    }

    // A long load must not end in a misspelt extension.
    private static TableFormat FormatOf(string? output, string? name)
    {
        if (output == StandardOutput && name is null)
            throw new AssayException($"--output is '{StandardOutput}', standard output, which has no extension; name the format too, "
                + "for example --format csv.");
        TableFormat format = name is not null ? TableFormats.FromName(name)
            : output is not null ? TableFormats.FromPath(output)
            : throw new AssayException("no --output is given; name a file such as runs.csv, or use --format clipboard.");
        bool isClipboard = format == TableFormat.Clipboard;
        if (isClipboard && output is not null)
            throw new AssayException($"--output is '{output}', but the clipboard is no file; leave one of them out.");
        if (!isClipboard && output is null)
            throw new AssayException($"--format is {format.Name()}, but no --output is given; "
                + $"name a file such as runs{format.Extension()}, or - for standard output.");
        return format.WriteFault() is { } fault ? throw new AssayException(fault) : format;
    }
}
