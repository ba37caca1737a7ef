using System.CommandLine;

namespace Assay.Cli;

/// <summary>The option by which commands that take something away do not ask first.</summary>
internal static class YesOption
{
    public static Option<bool> Of(string description) => new("--yes", "-y") { Description = description };
}
