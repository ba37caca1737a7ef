namespace Assay.Tables.Tests;

/// <summary>A theory that is reported as skipped where there is no X server, or none of the programs for its clipboard.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DesktopTheoryAttribute : TheoryAttribute
{
    public DesktopTheoryAttribute() => Skip = XDesktop.Missing;
}
