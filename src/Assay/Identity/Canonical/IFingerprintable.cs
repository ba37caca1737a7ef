namespace Assay;

/// <summary>
/// A value that defines its own identity: a model handle by its name and revision, a connection by its data set. Its identity is the result
/// of <see cref="ToFingerprint"/> instead of its members.
/// </summary>
public interface IFingerprintable
{
    /// <summary>
    /// Returns a value with a canonical form (a number, text, record, list, dictionary, <see cref="FileRef"/> …) that is equal for equal
    /// values and different for different values. It is called once per run that has the value among its parameters. It must be thread-safe
    /// and have no side effects.
    /// </summary>
    object ToFingerprint();
}
