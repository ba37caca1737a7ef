using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Assay.Journals;

/// <summary>The host, process, program and runtime of runs, by which the program can be found, built and started again.</summary>
internal static class ProcessFacts
{
    // These stay the same as long as the process lives, and asking for the user's name reads a file.
    private static readonly Lazy<byte[]> Host = new(() => new JsonBuffer()
        .Raw("{\"hostname\":"u8).String(Environment.MachineName)
        .Raw(",\"os\":"u8).String(RuntimeInformation.OSDescription)
        .Raw(",\"arch\":"u8).String(RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant())
        .Raw(",\"username\":"u8).String(Environment.UserName)
        .Raw(",\"cpu_count\":"u8).Integer(Environment.ProcessorCount).Raw((byte)'}').ToArray());

    private static readonly Lazy<byte[]> Program = new(WriteProgram);

    /// <summary>The members of a line's value that describe where runs are made: the code, the machine and the program.</summary>
    public static void Write(JsonBuffer json, SessionCode code, string store)
    {
        json.Raw(",\"git\":"u8);
        code.WriteFull(json);
        json.Raw(",\"host\":"u8).Raw(Host.Value).Raw(",\"process\":"u8);
        WriteProcess(json);
        json.Raw(",\"store\":"u8).String(store).Raw(",\"runtime\":"u8);
        WriteRuntime(json);
    }

    private static void WriteProcess(JsonBuffer json)
    {
        json.Raw("{\"pid\":"u8).Integer(Environment.ProcessId).Raw(",\"ppid\":"u8);
        if (Parent() is { } parent) json.Integer(parent);
        else json.Null();
        json.Raw(",\"cwd\":"u8).String(Directory.GetCurrentDirectory()).Raw(",\"argv\":"u8);
        json.Strings(Secrets.Masked(Environment.GetCommandLineArgs()));
        json.Raw(",\"program\":"u8).Raw(Program.Value).Raw((byte)'}');
    }

    // Only Linux has it in a file.
    private static int? Parent()
    {
        const string Stat = "/proc/self/stat";
        if (!File.Exists(Stat)) return null;
        // pid (name) state ppid …; the name may hold anything.
        string[] fields = File.ReadAllText(Stat).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], CultureInfo.InvariantCulture, out int parent) ? parent : null;
    }

    private static void WriteRuntime(JsonBuffer json) => json
        .Raw("{\"framework\":"u8).String(RuntimeInformation.FrameworkDescription)
        .Raw(",\"rid\":"u8).String(RuntimeInformation.RuntimeIdentifier)
        .Raw(",\"assay\":"u8).String(AssayVersion.Text).Raw((byte)'}');

    // Null in a host that started no program.
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "A program in a single file has no path, and none is written.")]
    private static byte[] WriteProgram()
    {
        var json = new JsonBuffer();
        if (Assembly.GetEntryAssembly() is not { } entry) return json.Null().ToArray();
        json.Raw("{\"assembly\":"u8).String(entry.GetName().Name ?? "");
        Optional(json, "path", entry.Location);
        // A program that was started with 'dotnet run FILE.cs' knows its source.
        Optional(json, "file", AppContext.GetData("EntryPointFilePath") as string);
        Optional(json, "configuration", entry.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration);
        Optional(json, "framework", AppContext.TargetFrameworkName);
        return json.Raw((byte)'}').ToArray();
    }

    private static void Optional(JsonBuffer json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.Raw((byte)',').Key(name).String(value);
    }
}
