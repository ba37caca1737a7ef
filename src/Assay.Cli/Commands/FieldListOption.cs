using System.CommandLine;

namespace Assay.Cli;

/// <summary>An option that takes names of values with commas between them.</summary>
internal static class FieldListOption
{
    public static Option<string?> Of(string name, string description) => new(name) { Description = description, HelpName = "NAMES" };

    /// <summary>Null when the option was not given.</summary>
    /// <exception cref="AssayException">A name cannot be read.</exception>
    public static IReadOnlyList<RunField>? Read(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } names ? [.. names.Split(',').Select(RunField.Parse)] : null;
}
