namespace Assay.Cli.Tests;

/// <summary>A test that is reported as skipped where there is no X server, or none of the programs for its clipboard.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DesktopFactAttribute : FactAttribute
{
    public DesktopFactAttribute() => Skip = XDesktop.Missing;
}
