namespace Assay;

/// <summary>The experiment stopped early because of failures. What finished is kept, and running again resumes.</summary>
public sealed class ExperimentStoppedException : AssayException
{
    internal ExperimentStoppedException(string message, RunError firstError, Results results) : base(message) => (FirstError, Results) = (firstError, results);

    /// <summary>The first failure.</summary>
    public RunError FirstError { get; }

    /// <summary>The results so far, failed runs included.</summary>
    public Results Results { get; }
}
