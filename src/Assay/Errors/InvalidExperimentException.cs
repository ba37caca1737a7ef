namespace Assay;

/// <summary>The experiment cannot run as described. Nothing has been run; every fault found is listed, not only the first.</summary>
public sealed class InvalidExperimentException : AssayException
{
    /// <summary>Creates the exception from all faults found.</summary>
    /// <param name="experiment">Name of the experiment, or of the space when it was faulty on its own.</param>
    /// <param name="faults">One message per fault, each with value, expectation and remedy. At least one.</param>
    public InvalidExperimentException(string experiment, IReadOnlyList<string> faults)
        : base(Compose(experiment, faults)) => Faults = faults;

    /// <summary>One message per fault.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Compose(string experiment, IReadOnlyList<string> faults) => faults.Count == 1
        ? $"'{experiment}' cannot run: {faults[0]}"
        : $"'{experiment}' cannot run, {faults.Count} faults:\n" + string.Join("\n", faults.Select((fault, i) => $"  {i + 1}. {fault}"));
}
