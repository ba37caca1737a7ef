using System.Globalization;

namespace Assay;

/// <summary>A folder that gets a file named after time and experiment.</summary>
internal static class OutputFolder
{
    /// <summary>
    /// Why no file could be made in a folder, or in the nearest one that exists where it does not; null when one can. Permissions tell too little (a disk may be
    /// read-only, a system may forbid more), so one is made and removed.
    /// </summary>
    public static string? Fault(string folder)
    {
        string place = Path.GetFullPath(folder);
        while (!Directory.Exists(place))
        {
            if (File.Exists(place)) return $"'{place}' is a file and no folder.";
            if (Path.GetDirectoryName(place) is not { } above) return $"'{place}' does not exist.";
            place = above;
        }

        string probe = Path.Combine(place, $".assay.{Path.GetRandomFileName()}.tmp");
        try
        {
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"nothing can be written to '{place}': {fault.Message}";
        }
    }

    public static void Save(Table table, string folder, string experiment, TableFormat format, TimeProvider clock)
    {
        string path = Claim(folder, experiment, format, clock);
        try
        {
            table.Save(path, format);
        }
        catch
        {
            // The name was taken by an empty file, which nobody should take for an empty table.
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Takes a name nobody else has: creating the empty file decides, so two programs in one millisecond get two files.</summary>
    private static string Claim(string folder, string experiment, TableFormat format, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        string time = clock.GetLocalNow().ToString("yyyy-MM-dd_HH-mm-ss-fff", CultureInfo.InvariantCulture);
        string name = string.Concat(experiment.Select(c => Path.GetInvalidFileNameChars().Contains(c) || c == '/' || c == '\\' ? '_' : c));
        for (int number = 1; ; number++)
        {
            string path = Path.Combine(folder, $"{time}_{name}{(number == 1 ? "" : "_" + number.ToString(CultureInfo.InvariantCulture))}{format.Extension()}");
            try
            {
                new FileStream(path, FileMode.CreateNew, FileAccess.Write).Dispose();
                return path;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Taken; the next number.
            }
        }
    }
}
