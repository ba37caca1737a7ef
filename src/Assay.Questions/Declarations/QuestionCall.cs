using System.Text.Json;

namespace Assay.Questions;

/// <summary>One call of a question: its arguments, the store as it is now, and what the surface offers. Not thread-safe.</summary>
public sealed class QuestionCall
{
    private readonly IReadOnlyDictionary<Parameter, IReadOnlyList<string>>? _words;
    private readonly IReadOnlyDictionary<string, JsonElement>? _json;

    /// <summary>A call from a command line: the words of each parameter that was given, of a flag none.</summary>
    public QuestionCall(IReadOnlyDictionary<Parameter, IReadOnlyList<string>> words) => _words = words;

    /// <summary>A call of a tool: its arguments by name.</summary>
    public QuestionCall(IReadOnlyDictionary<string, JsonElement> arguments) => _json = arguments;

    /// <summary>Opens the store. Called once, when the question asks for it.</summary>
    public required Func<Store> Open { get; init; }

    /// <summary>The path of the store that was named; null for the default.</summary>
    public string? StorePath { get; init; }

    /// <summary>The time, for conditions on it and for the liveness of writers. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The folder that relative paths start in.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder in which lists are remembered for <c>@N</c>; null for nowhere.</summary>
    public string? Cache { get; init; }

    /// <summary>Whether the answer is written as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Opens what takes the bytes of an answer: standard output where it is no terminal. Null where there is none.</summary>
    public Func<Stream>? Output { get; init; }

    /// <summary>
    /// Asks the person at the keyboard. Gets what will be done, and writes what it concerns. Null where nobody can be asked.
    /// </summary>
    public Func<string, Action<Page>, bool>? Confirm { get; init; }

    /// <summary>Gets remarks for the person at the keyboard while the work goes on, in sentences. Default: they are dropped.</summary>
    public Action<string> Notice { get; init; } = _ => { };

    /// <summary>Gets lines about the progress of the work, from any thread. Default: they are dropped.</summary>
    public Action<string> Progress { get; init; } = _ => { };

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The surface of the call.</summary>
    public Surfaces Surface => _words is null ? Surfaces.Tools : Surfaces.Shell;

    /// <summary>The store, opened at the first use.</summary>
    /// <exception cref="StoreException">There is no store, or it cannot be read.</exception>
    public Store Store => field ??= Open();

    internal bool IsTool => _words is null;

    internal DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Remarks for a client of the server, besides those of the answer.</summary>
    internal List<string> Remarks { get; } = [];

    internal LastList? LastList => IsTool ? null : new LastList(Cache, Store.Path);

    internal IReadOnlyDictionary<string, JsonElement> Arguments => _json ?? new Dictionary<string, JsonElement>();

    /// <summary>The name of a parameter as the caller writes it.</summary>
    public string NameOf(Parameter parameter) => IsTool ? parameter.Name : parameter.ShellName;

    internal IReadOnlyList<string>? Words(Parameter parameter) => _words?.GetValueOrDefault(parameter);

    // Clients send null for what they leave out.
    internal JsonElement? Json(Parameter parameter) =>
        _json is not null && _json.TryGetValue(parameter.Name, out JsonElement given)
            && given.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? given : null;

    /// <summary>The run that an address means.</summary>
    /// <exception cref="AssayException">It means no run or several; the message lists the candidates.</exception>
    public RunRecord Find(Results all, string address) => IsTool && address.StartsWith('@')
        ? throw new AssayException($"'{address}' is a place in a list at a shell; expected {RunAddress.ToolForms}. "
            + "Take the run_id of the list.")
        : RunAddress.Find(all, address, LastList, RanksEarlier(all, address));

    // The best run of the newest code is meant where a question has no parameter for it; what was not ranked is told.
    private bool RanksEarlier(Results all, string address)
    {
        if (!RunAddress.IsBest(address) || RunParameters.Earlier.Of(this)) return true;
        if (all.Newest.Earlier.Count is > 0 and int left)
        {
            string option = IsTool ? "best_runs with earlier" : "'assay best --earlier'";
            Remark($"'{Printable.Line(address)}': {EarlierRuns.LeftOut(left, option)}");
        }

        return false;
    }

    /// <summary>Tells the person at the keyboard, or the client of the server.</summary>
    internal void Remark(string remark)
    {
        if (IsTool) Remarks.Add(remark);
        else Notice(remark);
    }

    /// <summary>The runs of the store, and the one that the parameter <see cref="RunParameters.Run"/> means.</summary>
    /// <exception cref="AssayException">It means no run or several.</exception>
    internal (Results All, RunRecord Run) FindRun()
    {
        string address = RunParameters.Run.Of(this)!;
        Results all = Store.LoadAll(earlier: true);
        return (all, Find(all, address));
    }

    /// <summary>
    /// Asks before an action such as "remove 2 runs", unless the flag answers beforehand, and shows what it concerns; a message that nobody
    /// can be asked lists that. A client of the server asks its user itself.
    /// </summary>
    /// <exception cref="DeclinedException">The person declined.</exception>
    /// <exception cref="AssayException">Nobody can be asked.</exception>
    internal void RequireConsent(FlagParameter yes, string action, string listed, Action<Page> show)
    {
        if (IsTool || yes.Of(this)) return;
        if (IsJson || Confirm is null)
            throw new AssayException($"there is nobody to ask whether to {action}; expected {yes.ShellName}. Nothing was changed. "
                + $"It would be:{listed}");
        if (!Confirm($"{char.ToUpperInvariant(action[0])}{action[1..]}?", show)) throw new DeclinedException("nothing was changed.");
    }
}

/// <summary>The person who was asked declined.</summary>
public sealed class DeclinedException(string message) : Exception(message);
