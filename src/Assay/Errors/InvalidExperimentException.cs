namespace Assay;

/// <summary>The exception for an experiment with an invalid declaration. It lists all faults and is thrown before the first run.</summary>
public sealed class InvalidExperimentException : AssayException
{
    /// <summary>Creates the exception from the faults.</summary>
    /// <param name="experiment">The name of the experiment, or of a space that is used without an experiment.</param>
    /// <param name="faults">One message per fault, each with the value, what was expected and the remedy. At least one.</param>
    public InvalidExperimentException(string experiment, IReadOnlyList<string> faults)
        : base(Compose(experiment, faults)) => Faults = faults;

    /// <summary>One message per fault.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Compose(string experiment, IReadOnlyList<string> faults) => faults.Count == 1
        ? $"'{experiment}' cannot run: {faults[0]}"
        : $"'{experiment}' cannot run, {faults.Count} faults:\n" + string.Join("\n", faults.Select((fault, i) => $"  {i + 1}. {fault}"));
}
