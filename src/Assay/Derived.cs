namespace Assay;

/// <summary>Functions that compute values from finished runs, with the fingerprint of their code as their version.</summary>
public static class Derived
{
    /// <summary>
    /// Names a function. Its version is the fingerprint of all user code that it reaches, as of an operation: an edit of the function, or
    /// of a method that it calls, gives another version, and its values are computed again.
    /// </summary>
    /// <remarks>
    /// What a lambda captures is not part of the code, so a change of it would not be noticed; such a function is refused. Make the value a
    /// constant, or give a version that says it: <see cref="DerivedMetric.Of"/>.
    /// </remarks>
    /// <typeparam name="T">
    /// A number, text, bool or enum; for several values by their names an anonymous object, a record, or a dictionary with text keys.
    /// </typeparam>
    /// <param name="name">The name of the function, and of its value where it gives only one. Not blank.</param>
    /// <param name="function">Computes the value of a run. Called by several threads.</param>
    /// <exception cref="AssayException">The name is blank, or the function captures variables.</exception>
    public static DerivedMetric Metric<T>(string name, Func<RunRecord, T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        CodeFingerprint code = CodeFingerprinter.Of(function);
        if (code.Captured.Count > 0)
            throw new AssayException($"the derived metric '{name}' captures {string.Join(", ", code.Captured.Select(c => $"'{c}'"))}, "
                + "which is not part of its version: a change of it would not be noticed. Expected a function of the run alone. Make it a "
                + "constant, or give a version that contains it: DerivedMetric.Of(name, version, function).");
        return DerivedMetric.Of(name, code.Value, run => Values(function(run)));
    }

    /// <summary>
    /// Computes one function for the runs and stores its values; see <see cref="Results.DeriveAsync"/>, and <see cref="Metric"/> for what
    /// functions can give.
    /// </summary>
    /// <example><c>await results.DeriveAsync("final_loss", run => run.Series("loss")[^1].Value);</c></example>
    /// <param name="results">The runs.</param>
    /// <param name="name">The name of the function, and of its value where it gives only one. Not blank.</param>
    /// <param name="function">Computes the value of a run. Called by several threads.</param>
    /// <param name="options">Parallelism, progress and the like. Default: see <see cref="DeriveOptions"/>.</param>
    /// <param name="cancellationToken">Ends the computation; what was computed is stored.</param>
    /// <returns>What was computed, and for which runs the function failed: read it, nothing is thrown for them.</returns>
    /// <inheritdoc cref="Results.DeriveAsync" path="/exception"/>
    public static Task<DeriveReport> DeriveAsync<T>(
        this Results results, string name, Func<RunRecord, T> function, DeriveOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.DeriveAsync([Metric(name, function)], options, cancellationToken);
    }

    // Single values and dictionaries are known where there is no reflection.
    private static object? Values(object? value) => value is null or System.Collections.IEnumerable or IFormattable or bool
        ? value : new Dictionary<string, object?>(NamedValues.Read(value), StringComparer.Ordinal);
}
