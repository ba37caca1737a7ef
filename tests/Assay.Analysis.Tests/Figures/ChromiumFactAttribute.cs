namespace Assay.Analysis.Tests.Figures;

/// <summary>
/// A test that is reported as skipped where there is no Chromium; where readers of others are required it fails without one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Program is null && Environment.GetEnvironmentVariable("ASSAY_INTEROP") != "required")
            Skip = "There is no Chromium here; 'apt-get install chromium' brings it on Debian.";
    }

    public static string? Program { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
