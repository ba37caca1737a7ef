using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Assay;

/// <summary>Reads the load of the GPUs from <c>nvidia-smi</c>, which prints it once a second until this is disposed. Thread-safe.</summary>
internal sealed class GpuReader : IDisposable
{
    public const string Program = "nvidia-smi";
    private const double MiB = 1 << 20;
    private static readonly string[] Arguments =
        ["--query-gpu=index,utilization.gpu,memory.used", "--format=csv,noheader,nounits", "--loop=1"];

    private readonly ConcurrentDictionary<string, (double Percent, double Bytes)> _latest = new(StringComparer.Ordinal);
    private readonly Process _process;

    private GpuReader(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        // Read and dropped, because a full pipe would stop the program.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <returns>Null where there is no such program.</returns>
    public static GpuReader? TryStart(string program)
    {
        try
        {
            var start = new ProcessStartInfo(program, Arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            return new GpuReader(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The latest values of each GPU: its number, its use in percent, its used memory in bytes.</summary>
    public IEnumerable<(string Gpu, double Percent, double Bytes)> Latest() =>
        _latest.OrderBy(gpu => gpu.Key, StringComparer.Ordinal).Select(gpu => (gpu.Key, gpu.Value.Percent, gpu.Value.Bytes));

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    // A value that a GPU does not have is [N/A].
    private void Take(string? line)
    {
        string[] cells = line?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (cells.Length != 3 || !cells[0].All(char.IsAsciiDigit)) return;
        if (Number(cells[1]) is { } percent && Number(cells[2]) is { } used) _latest[cells[0]] = (percent, used * MiB);
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
