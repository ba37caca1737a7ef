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

/// <summary>A value that an operation cannot record. It is thrown inside the operation, so it fails that run and no other.</summary>
public sealed class CaptureException : AssayException
{
    /// <summary>Creates the exception with a message that gives the value, what was expected, and the remedy.</summary>
    public CaptureException(string message, Exception? innerException = null) : base(message, innerException) { }
}

/// <summary>
/// A failure whose sort the operation knows. The run is recorded with it as <see cref="RunError.Kind"/>, instead of <c>exception</c>.
/// </summary>
public class RunErrorException : AssayException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">
    /// A word in lower case, such as <c>rate_limit</c>. With <c>cancelled</c> the attempt does not count as a failure: it is made again.
    /// </param>
    /// <param name="message">The value, what was expected, and what to do.</param>
    /// <param name="innerException">The cause. Default: none.</param>
    public RunErrorException(string kind, string message, Exception? innerException = null) : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        Kind = kind;
    }

    /// <summary>The sort of the failure.</summary>
    public string Kind { get; }
}

/// <summary>The exception for a value without a canonical form, and therefore without an identity. The message gives its path.</summary>
public sealed class CanonicalFormException : AssayException
{
    private readonly string _reason;

    internal CanonicalFormException(string reason) : base(reason) => _reason = reason;

    /// <summary>The path to the value, for example <c>Optimizer.Schedule[2]</c>; empty for the outermost value.</summary>
    public string Path { get; private set; } = "";

    /// <inheritdoc/>
    public override string Message => Path.Length == 0 ? _reason : $"at '{Path}': {_reason}";

    /// <summary>Adds an enclosing member to the path. Always false, for use as an exception filter that does not catch.</summary>
    internal bool PrependStep(string step)
    {
        Path = Path.Length == 0 || Path[0] == '[' ? step + Path : $"{step}.{Path}";
        return false;
    }
}
