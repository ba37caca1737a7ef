using System.Reflection;

namespace Assay.Journals;

/// <summary>The version of the library that wrote a line.</summary>
public static class AssayVersion
{
    /// <summary>For example <c>0.1.0</c>, without build metadata.</summary>
    public static readonly string Text = typeof(AssayVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
