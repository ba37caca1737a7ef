namespace Assay.Questions;

/// <summary>How a run is replayed.</summary>
internal sealed record ReplayOptions
{
    /// <summary>The folder the user stands in.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the code is restored to. Default: beside the store.</summary>
    public string? Path { get; init; }

    /// <summary>The program to run instead of the one that was recorded, with its arguments. Default: none.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How far numbers may differ, relative to the larger one. Default: not at all.</summary>
    public double Tolerance { get; init; }

    /// <summary>Names of values that are not compared. Default: none.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Is told what the program prints, line by line, from any thread.</summary>
    public Action<string> Printed { get; init; } = _ => { };
}
