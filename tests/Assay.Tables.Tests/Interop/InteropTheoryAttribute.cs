namespace Assay.Tables.Tests.Interop;

/// <summary>
/// A theory that is reported as skipped where <c>tests/interop/setup.sh</c> has not been run, unless <c>ASSAY_INTEROP=required</c>, as in
/// <c>.ci/run</c>: there it fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropTheoryAttribute : TheoryAttribute
{
    public InteropTheoryAttribute()
    {
        bool isRequired = Environment.GetEnvironmentVariable("ASSAY_INTEROP") == "required";
        if (!isRequired && !OtherReader.IsInstalled) Skip = "Needs Node packages: run tests/interop/setup.sh first.";
    }
}
