using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>Creates chat experiments. The default version is "1".</summary>
public static class ChatExperiment
{
    /// <summary>Creates an experiment whose setup, step and evaluation are added as lambdas.</summary>
    /// <typeparam name="TData">The data of a run: a record, or a single value. It identifies the run.</typeparam>
    /// <typeparam name="TAnswer">What a run answers.</typeparam>
    /// <param name="name">The name; part of every run's identity. At most 200 characters without colons and control characters.</param>
    /// <param name="client">The model client of all runs, with middlewares in the caller's order; the caller disposes it.</param>
    /// <param name="version">Part of every run's identity; a new version makes new runs.</param>
    public static ChatExperiment<TData, TAnswer> Create<TData, TAnswer>(string name, IChatClient client, string version = "1") =>
        new(name, version, client, null);

    /// <summary>Creates an experiment from a runner.</summary>
    /// <inheritdoc cref="Create{TData, TAnswer}(string, IChatClient, string)"/>
    /// <param name="name">The name; part of every run's identity.</param>
    /// <param name="client">The model client of all runs; the caller disposes it.</param>
    /// <param name="runner">The code of a run; one object for all of them.</param>
    /// <param name="version">Part of every run's identity; a new version makes new runs.</param>
    public static ChatExperiment<TData, TAnswer> Create<TData, TAnswer>(
        string name, IChatClient client, IChatRunner<TData, TAnswer> runner, string version = "1")
    {
        ArgumentNullException.ThrowIfNull(runner);
        return new(name, version, client, runner);
    }
}
