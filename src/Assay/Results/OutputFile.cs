using System.Globalization;

namespace Assay;

/// <summary>Where <see cref="RunOptions.Output"/> leads: a file, or a folder that gets a file named after time and experiment.</summary>
internal static class OutputFile
{
    public static void Check(string output, List<string> faults)
    {
        if (IsFolder(output)) return;
        try
        {
            if (!TableFormats.Writable.Contains(TableFormats.FromPath(output))) faults.Add($"Output is '{output}', a format that can only be read; choose another ending.");
        }
        catch (TableException fault)
        {
            faults.Add($"Output is '{output}': {fault.Message}");
        }
    }

    public static string Save(Results results, string output, string experiment, TimeProvider clock)
    {
        Table rows = results.Rows;
        Table table = rows.RowCount > 0 ? rows : results.ToTable();
        if (!IsFolder(output))
        {
            table.Save(output);
            return output;
        }

        string path = Claim(output, experiment, clock);
        table.Save(path);
        return path;
    }

    /// <summary>Takes a name nobody else has: creating the empty file decides, so two programs in one millisecond get two files.</summary>
    private static string Claim(string folder, string experiment, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        string time = clock.GetLocalNow().ToString("yyyy-MM-dd_HH-mm-ss-fff", CultureInfo.InvariantCulture);
        string name = string.Concat(experiment.Select(c => Path.GetInvalidFileNameChars().Contains(c) || c == '/' || c == '\\' ? '_' : c));
        for (int number = 1; ; number++)
        {
            string path = Path.Combine(folder, $"{time}_{name}{(number == 1 ? "" : "_" + number.ToString(CultureInfo.InvariantCulture))}.csv");
            try
            {
                new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
            }
        }
    }

    private static bool IsFolder(string output) => Directory.Exists(output) || output.EndsWith('/') || output.EndsWith('\\') || Path.GetExtension(output).Length == 0;
}
