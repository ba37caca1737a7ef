using System.Collections;
using System.Numerics;

namespace Assay;

/// <summary>
/// A named function that computes values from a finished run, with a version that changes when the function does. Immutable; the function
/// is called by several threads, each with another run.
/// </summary>
public sealed class DerivedMetric
{
    private readonly Func<RunRecord, object?> _function;

    private DerivedMetric(string name, string version, Func<RunRecord, object?> function) =>
        (Name, Version, _function) = (name, version, function);

    /// <summary>The name of the function; also the name of its value, where it gives only one.</summary>
    public string Name { get; }

    /// <summary>The version: values of another version are computed anew.</summary>
    public string Version { get; }

    /// <summary>Names a function.</summary>
    /// <typeparam name="T">A number, text, bool or enum; or a dictionary with text keys for several values by their names.</typeparam>
    /// <param name="name">The name. Not blank.</param>
    /// <param name="version">
    /// Any text, to be changed with the function. <c>Derived.Metric</c> of the package Assay takes the fingerprint of its code.
    /// </param>
    /// <param name="function">
    /// Computes the value; whatever it throws is reported for this function and this run. It should depend on the run alone.
    /// </param>
    /// <exception cref="AssayException">The name is blank.</exception>
    public static DerivedMetric Of<T>(string name, string version, Func<RunRecord, T> function)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(function);
        if (string.IsNullOrWhiteSpace(name))
            throw new AssayException($"a derived metric has the name '{name}'; expected a name that is not blank.");
        return new DerivedMetric(name, version, run => function(run));
    }

    /// <summary>The values for a run, as a record has them.</summary>
    internal IReadOnlyList<KeyValuePair<string, object?>> Compute(RunRecord run) => _function(run) switch
    {
        IEnumerable<KeyValuePair<string, object?>> several => [.. several.Select(v => Named(v.Key, v.Value))],
        IDictionary several => [.. NamedValues.FromDictionary(several).Select(v => Named(v.Key, v.Value))],
        var single => [Named(Name, single)],
    };

    private KeyValuePair<string, object?> Named(string? name, object? value)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new AssayException($"'{Name}' gave a value with the name '{name}'; expected names that are not blank.");
        bool isPlain = value is null or bool or string or double or float or Half or decimal or sbyte or byte or short or ushort or int
            or uint or long or ulong or Int128 or UInt128 or BigInteger or Enum or DateTimeOffset or DateTime or TimeSpan;
        if (!isPlain)
            throw new AssayException($"'{name}' is of the type {TypeName.Of(value!.GetType())}; expected a number, a text or a bool, or a "
                + "dictionary of such values.");
        return KeyValuePair.Create(name, PlainValue.Of(value));
    }
}

/// <summary>How metrics are derived. Immutable; change it with <c>with</c>.</summary>
public sealed record DeriveOptions
{
    /// <summary>Whether values are computed that are there already, in this version, for the attempt. Default: no.</summary>
    public bool Overwrite { get; init; }

    /// <summary>How many runs are looked at at the same time. Default: the number of processors.</summary>
    public int? Parallel { get; init; }

    /// <summary>Is told of every run that has been looked at, by several threads. Default: nobody.</summary>
    public IProgress<DeriveProgress>? Progress { get; init; }

    /// <summary>Times of the values. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>How far a computation is.</summary>
/// <param name="Done">The number of runs that were looked at.</param>
/// <param name="Total">The number of runs.</param>
/// <param name="Failures">How many values could not be computed so far.</param>
public readonly record struct DeriveProgress(int Done, int Total, int Failures);

/// <summary>A function that failed for a run. Neither the run nor anything else is affected.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Metric">The name of the function, or of the artifact that was reduced.</param>
/// <param name="Exception">What it threw.</param>
public sealed record DeriveFailure(string RunId, string Metric, Exception Exception)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"'{Metric}' of run {RunId}: {TypeName.Of(Exception.GetType())}: {ExceptionText.Sentence(Exception)}";
}

/// <summary>What <see cref="Results.DeriveAsync"/> did. Immutable.</summary>
/// <param name="Computed">How many times a function gave values, which were stored.</param>
/// <param name="Kept">How many times the values were there already.</param>
/// <param name="Running">The number of runs that have not ended and were left out.</param>
/// <param name="Failures">The functions that failed, each with its run.</param>
public sealed record DeriveReport(int Computed, int Kept, int Running, IReadOnlyList<DeriveFailure> Failures)
{
    private const int MostShown = 5;

    /// <inheritdoc/>
    public override string ToString()
    {
        string running = Running == 0 ? "" : $", {Plural.Of(Running, "run")} not ended";
        string failures = Failures.Count == 0 ? ""
            : $", {Failures.Count} failed: {ValueText.First(Failures.Select(f => $"{f}"), MostShown, " ")}";
        return $"{Computed} computed, {Kept} kept{running}{failures}";
    }
}
