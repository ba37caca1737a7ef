namespace Assay;

/// <summary>The exception for an experiment that stopped because of failures. Finished runs are kept; running it again resumes.</summary>
public sealed class ExperimentStoppedException : AssayException
{
    internal ExperimentStoppedException(string message, RunError firstError, Results results) : base(message) =>
        (FirstError, Results) = (firstError, results);

    /// <summary>The first failure.</summary>
    public RunError FirstError { get; }

    /// <summary>The results up to the stop, including failed runs.</summary>
    public Results Results { get; }
}
