using System.Runtime.InteropServices;

namespace Assay;

/// <summary>Facts about host, process and runtime, as they stand in session_start.</summary>
internal static class ProcessFacts
{
    public static void WriteHost(JsonBuffer json) => json
        .Raw("{\"hostname\":"u8).String(Environment.MachineName)
        .Raw(",\"os\":"u8).String(RuntimeInformation.OSDescription)
        .Raw(",\"arch\":"u8).String(RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant())
        .Raw(",\"username\":"u8).String(Environment.UserName)
        .Raw(",\"cpu_count\":"u8).Integer(Environment.ProcessorCount).Raw((byte)'}');

    public static void WriteProcess(JsonBuffer json)
    {
        json.Raw("{\"pid\":"u8).Integer(Environment.ProcessId).Raw(",\"cwd\":"u8).String(Directory.GetCurrentDirectory()).Raw(",\"argv\":"u8);
        JsonValues.Strings(json, Environment.GetCommandLineArgs());
        json.Raw((byte)'}');
    }

    public static void WriteRuntime(JsonBuffer json) => json
        .Raw("{\"framework\":"u8).String(RuntimeInformation.FrameworkDescription)
        .Raw(",\"rid\":"u8).String(RuntimeInformation.RuntimeIdentifier)
        .Raw(",\"assay\":"u8).String(AssayVersion.Text).Raw((byte)'}');
}
