using System.Text.Json;

namespace Assay.Questions;

/// <summary>What was built and started, as a journal has it.</summary>
/// <param name="Assembly">The name of what was built.</param>
/// <param name="Path">Where it was; null for a program in a single file.</param>
/// <param name="File">The source of a program that is one file; null for others.</param>
/// <param name="Configuration">Such as Debug or Release; null when the build did not say.</param>
/// <param name="Framework">What it was built for, as <c>.NETCoreApp,Version=v10.0</c>; null when the build did not say.</param>
internal sealed record StartedProgram(string Assembly, string? Path, string? File, string? Configuration, string? Framework)
{
    public static StartedProgram? Read(JsonElement json) => SessionFacts.Text(json, "assembly") is not { Length: > 0 } assembly ? null
        : new StartedProgram(
            assembly, SessionFacts.Text(json, "path"), SessionFacts.Text(json, "file"), SessionFacts.Text(json, "configuration"),
            SessionFacts.Text(json, "framework"));
}
