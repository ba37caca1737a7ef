using System.Text.RegularExpressions;

namespace Assay.Tables;

/// <summary>
/// Writes a file under a temporary name in its own folder and renames it when it is whole, so that a reader sees the old file or the new
/// one and never a half. A link is followed and stays; a device, such as <c>/dev/stdout</c>, is written to as it is.
/// </summary>
internal static partial class AtomicFile
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            WriteWhole(path, write);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"'{path}' cannot be written: {Named(fault.Message, path)} Expected a writable place; choose another file.", fault);
        }
    }

    // The reader of a message knows the file, not its temporary name.
    private static string Named(string message, string path) => Temporary().Replace(message, _ => Path.GetFileName(path));

    [GeneratedRegex(@"\.assay\.[a-z0-9]+\.[a-z0-9]+\.tmp")]
    private static partial Regex Temporary();

    private static void WriteWhole(string path, Action<Stream> write)
    {
        string temporary = Prepare(path, out string target);
        if (IsDevice(target))
        {
            using var device = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            write(device);
            return;
        }

        try
        {
            using (FileStream stream = Create(temporary)) write(stream);
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string Prepare(string path, out string target)
    {
        target = Path.GetFullPath(path);
        if (!IsDevice(target) && new FileInfo(target) is { LinkTarget: not null } link)
            target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? target;
        string folder = Path.GetDirectoryName(target) ?? throw new TableException($"'{path}' is a folder; give the name of a file.");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".assay.{Path.GetRandomFileName()}.tmp");
    }

    // Giving the name of a device to a file would take the device from the machine.
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
}
