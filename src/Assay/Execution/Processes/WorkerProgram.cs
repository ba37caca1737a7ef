using System.Diagnostics;

namespace Assay;

/// <summary>How to start the running program again.</summary>
internal static class WorkerProgram
{
    public static ProcessStartInfo StartInfo(WorkOrder order)
    {
        string program = Environment.ProcessPath ?? throw new AssayException("the path of this program is unknown, so it cannot be started again as a worker; run in process.");
        string[] arguments = Environment.GetCommandLineArgs();
        bool hosted = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(program, hosted ? arguments : arguments[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.GetCurrentDirectory(),
        };
        start.Environment[WorkOrder.Variable] = order.ToJson();
        return start;
    }
}
