namespace Assay.Questions;

/// <summary>Options of a replay.</summary>
internal sealed record ReplayOptions
{
    /// <summary>The folder of the user.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder the code is restored to. Default: one beside the store.</summary>
    public string? Path { get; init; }

    /// <summary>The program to run instead of the one that was recorded, with its arguments. Default: none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The allowed difference between numbers, relative to the larger one. Default: none.</summary>
    public double Tolerance { get; init; }

    /// <summary>Names of values that are not compared. Default: none.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Receives the output of the program line by line, from any thread.</summary>
    public Action<string> Printed { get; init; } = _ => { };
}
