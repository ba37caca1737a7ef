using System.Globalization;

namespace Assay.Benchmarks;

/// <summary>
/// The largest resident memory of this process, as Linux counts it (proc_pid_status(5): VmHWM, set back through clear_refs). Nothing is
/// sampled: a thread that looks every few milliseconds would add to the measured memory.
/// </summary>
internal static class PeakMemory
{
    /// <summary>Counts from now on.</summary>
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>In bytes, since the last <see cref="Reset"/>.</summary>
    public static long Read()
    {
        const string Label = "VmHWM:";
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Label, StringComparison.Ordinal));
        return long.Parse(
            line[Label.Length..].Replace("kB", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
    }
}
