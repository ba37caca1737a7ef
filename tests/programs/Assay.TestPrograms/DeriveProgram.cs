using System.Diagnostics;
using System.Globalization;

namespace Assay.TestPrograms;

/// <summary>
/// <c>derive STORE FUNCTION REPORTS</c>: derives twice the parameter of every run. Prints <c>ack N.</c> when so many runs are done, and at
/// the end <c>done COMPUTED KEPT</c>. Kills itself directly after so many reports, if not 0.
/// </summary>
internal static class DeriveProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Results results = Store.Open(args[0]).LoadAll();
        var metric = DerivedMetric.Of(args[1], "1", run => 2 * (long)run.Params["n"]!);
        int last = int.Parse(args[2], CultureInfo.InvariantCulture);
        DeriveReport report = await results.DeriveAsync([metric], new DeriveOptions { Progress = new Printer(last), Parallel = 2 });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done {report.Computed} {report.Kept}"));
        return 0;
    }

    private sealed class Printer(int lastReport) : IProgress<DeriveProgress>
    {
        private readonly Lock _gate = new();
        private readonly Process _self = Process.GetCurrentProcess();
        private int _reports;

        public void Report(DeriveProgress value)
        {
            lock (_gate)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ack {value.Done}."));
                if (++_reports == lastReport) _self.Kill();
            }
        }
    }
}
