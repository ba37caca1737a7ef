namespace Assay.Cli;

/// <summary>The exit codes of every command, in one table: what a script or an agent may rely on.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Negative = 1;
    public const int BadInput = 2;
    public const int NoStore = 3;
    public const int Unexpected = 4;

    /// <summary>Each code with its meaning, as the help and the reference print them.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "the command did what was asked"),
        (Negative, "it did, and the answer is no: damage was found, or no run matches"),
        (BadInput, "wrong usage or input: an unknown command, option, experiment or run, or an output file that cannot be written"),
        (NoStore, "the store is missing, unreadable or of a newer format"),
        (Unexpected, "a fault of the tool itself; please report it with the message"),
    ];
}
