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
        (Negative, "it did, and the answer is no: damage was found, no run matches, a replay does not agree, "
            + "or the question was answered with no"),
        (BadInput, "wrong usage or input: an unknown command, option, experiment or run, an output file that cannot be written, "
            + "or code that cannot be restored or run again"),
        (NoStore, "the store is missing, unreadable, of a newer format, or cannot be written"),
        (Unexpected, "a fault of the tool itself; please report it with the message"),
    ];
}
