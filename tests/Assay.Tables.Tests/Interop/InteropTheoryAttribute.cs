namespace Assay.Tables.Tests.Interop;

/// <summary>A theory that is reported as skipped where <c>tests/interop/setup.sh</c> has not been run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropTheoryAttribute : TheoryAttribute
{
    public InteropTheoryAttribute()
    {
        if (!OtherReader.IsInstalled) Skip = "Needs Node packages: run tests/interop/setup.sh first.";
    }
}
