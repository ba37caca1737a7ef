using System.Runtime.CompilerServices;

namespace Assay;

/// <summary>Creates experiments. The default version is "1".</summary>
public static class Experiment
{
    /// <summary>Creates an experiment from a synchronous operation.</summary>
    /// <typeparam name="T">The parameters of one run: a record, or a single value.</typeparam>
    /// <param name="name">The name; part of every run's identity. At most 200 characters without colons and control characters.</param>
    /// <param name="operation">The code of one run. It should depend on its parameters, its seeds and the context only: captured variables
    /// are not part of a run's identity, and a warning names them.</param>
    public static Experiment<T> Create<T>(string name, Action<T, RunContext> operation) => Create(name, "1", operation);

    /// <inheritdoc cref="Create{T}(string, Action{T, RunContext})"/>
    /// <param name="name">The name; part of every run's identity. At most 200 characters without colons and control characters.</param>
    /// <param name="version">Part of every run's identity; a new version makes new runs.</param>
    /// <param name="operation">The code of one run.</param>
    public static Experiment<T> Create<T>(string name, string version, Action<T, RunContext> operation) =>
        new(name, version, new Operation<T>(operation, operation, null));

    /// <inheritdoc cref="Create{T}(string, Func{T, RunContext, Task})"/>
    [OverloadResolutionPriority(1)]
    public static Experiment<T> Create<T>(string name, Func<T, RunContext, ValueTask> operation) => Create(name, "1", operation);

    /// <inheritdoc cref="Create{T}(string, string, Func{T, RunContext, Task})"/>
    [OverloadResolutionPriority(1)]
    public static Experiment<T> Create<T>(string name, string version, Func<T, RunContext, ValueTask> operation) =>
        new(name, version, new Operation<T>(operation, null, (p, run) => operation(p, run).AsTask()));

    /// <summary>Creates an experiment from an asynchronous operation, for work such as model calls and downloads.</summary>
    /// <inheritdoc cref="Create{T}(string, Action{T, RunContext})"/>
    [OverloadResolutionPriority(2)]
    public static Experiment<T> Create<T>(string name, Func<T, RunContext, Task> operation) => Create(name, "1", operation);

    /// <inheritdoc cref="Create{T}(string, Func{T, RunContext, Task})"/>
    /// <param name="name">The name; part of every run's identity. At most 200 characters without colons and control characters.</param>
    /// <param name="version">Part of every run's identity; a new version makes new runs.</param>
    /// <param name="operation">The code of one run.</param>
    [OverloadResolutionPriority(2)]
    public static Experiment<T> Create<T>(string name, string version, Func<T, RunContext, Task> operation) =>
        new(name, version, new Operation<T>(operation, null, operation));

    /// <summary>Creates an experiment whose runs share read-only inputs.</summary>
    /// <typeparam name="T">The parameters of one run.</typeparam>
    /// <typeparam name="TContext">The inputs: a record of settings and <see cref="FileRef"/>s.</typeparam>
    /// <param name="name">The name; part of every run's identity.</param>
    /// <param name="version">Part of every run's identity; a new version makes new runs.</param>
    /// <param name="context">The inputs; part of every run's identity, files by their content.</param>
    /// <param name="operation">The code of one run: parameters, context, run.</param>
    public static Experiment<T> Create<T, TContext>(
        string name, string version, TContext context, Action<T, TContext, RunContext> operation) where TContext : notnull =>
        new(name, version, new Operation<T>(operation, (p, run) => operation(p, context, run), null)) { Context = context };

    /// <inheritdoc cref="Create{T, TContext}(string, string, TContext, Action{T, TContext, RunContext})"/>
    [OverloadResolutionPriority(2)]
    public static Experiment<T> Create<T, TContext>(
        string name, string version, TContext context, Func<T, TContext, RunContext, Task> operation) where TContext : notnull =>
        new(name, version, new Operation<T>(operation, null, (p, run) => operation(p, context, run))) { Context = context };

    /// <inheritdoc cref="Create{T, TContext}(string, string, TContext, Action{T, TContext, RunContext})"/>
    [OverloadResolutionPriority(1)]
    public static Experiment<T> Create<T, TContext>(
        string name, string version, TContext context, Func<T, TContext, RunContext, ValueTask> operation) where TContext : notnull =>
        new(name, version, new Operation<T>(operation, null, (p, run) => operation(p, context, run).AsTask())) { Context = context };
}
