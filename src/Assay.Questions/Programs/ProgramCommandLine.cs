namespace Assay.Questions;

/// <summary>A command that starts a program; its arguments are without quotes. As text, it is quoted for a shell.</summary>
internal sealed record ProgramCommandLine(string Program, IReadOnlyList<string> Arguments, string Folder)
{
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program).Select(a => IsPlain(a) ? a : ShellText.Quoted(a)));

    // An argument with another character, which a shell might interpret, is quoted.
    private static bool IsPlain(string argument) => argument.Length > 0
        && argument.All(c => char.IsLetterOrDigit(c) || "-_./:=,+@%".Contains(c) || (c == '\\' && OperatingSystem.IsWindows()));
}
