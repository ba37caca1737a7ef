using System.Reflection;

namespace Assay.Journals;

/// <summary>What was built and started, as far as the program itself knows: from this it can be found in a checkout, built and started again.</summary>
internal static class ProgramFacts
{
    // The same for the whole life of the process.
    private static readonly Lazy<byte[]> Written = new(Write);

    /// <summary>An object; <c>null</c> in a host that started no program.</summary>
    public static ReadOnlySpan<byte> Json => Written.Value;

    private static byte[] Write()
    {
        var json = new JsonBuffer();
        if (Assembly.GetEntryAssembly() is not { } entry) return json.Null().ToArray();
        json.Raw("{\"assembly\":"u8).String(entry.GetName().Name ?? "");
        // A program in a single file has no place of its own.
        Optional(json, "path", entry.Location);
        // What was started with 'dotnet run FILE.cs' knows its source.
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
