namespace Assay;

/// <summary>
/// Implemented by a type that knows what makes two of its values the same: a model handle by its name and revision, a
/// connection by its data set. Assay identifies the value by <see cref="ToFingerprint"/> instead of by its members.
/// </summary>
public interface IFingerprintable
{
    /// <summary>
    /// Returns a value with a canonical form (numbers, text, records, lists, dictionaries, <see cref="FileRef"/> …) that is
    /// equal for equal values and different for different ones. Called once per run that has the value among its
    /// parameters; must be free of side effects and safe to call from several threads.
    /// </summary>
    object ToFingerprint();
}
