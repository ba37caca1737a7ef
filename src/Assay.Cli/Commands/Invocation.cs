using System.CommandLine;

namespace Assay.Cli;

/// <summary>One call of a command: its arguments and where its answer goes.</summary>
/// <param name="Arguments">What was typed.</param>
/// <param name="Console">Where the answer goes.</param>
/// <param name="StorePath">The store that was named, if any.</param>
/// <param name="Json">Whether JSON was asked for.</param>
internal sealed record Invocation(ParseResult Arguments, ToolConsole Console, string? StorePath, bool Json)
{
    /// <exception cref="StoreException">There is no store, or it cannot be read.</exception>
    public Store OpenStore() => Store.Open(StorePath, Console.Clock);

    /// <summary>The run an address means; positions count in the last list of the store.</summary>
    /// <exception cref="AssayException">No run is meant, or several are; the message lists the candidates.</exception>
    public RunRecord Find(Store store, Results all, string address) => RunAddress.Find(all, address, LastListOf(store));

    public LastList LastListOf(Store store) => new(Console.Cache, store.Path);

    public DateTimeOffset Now => Console.Clock.GetUtcNow();

    /// <summary>Writes the report in the form that was asked for.</summary>
    public void Answer<TReport>(TReport report, Action<TReport, Page> text)
    {
        if (Json) JsonText.Write(report, Console.Out);
        else text(report, new Page(Console));
    }

    /// <summary>Asks before something is taken away.</summary>
    /// <param name="yes">The option that answers the question beforehand.</param>
    /// <param name="what">What will be done, as in "remove 2 runs".</param>
    /// <param name="listed">What it concerns, for a message.</param>
    /// <param name="show">Shows what it concerns to the person who is asked.</param>
    /// <returns>Null to go on, else the exit code.</returns>
    /// <exception cref="AssayException">Nobody can be asked.</exception>
    public int? Confirmed(Option<bool> yes, string what, string listed, Action<Page> show)
    {
        if (Arguments.GetValue(yes)) return null;
        if (Json || Console.Confirm is not { } confirm) throw new AssayException($"there is nobody to ask whether to {what}; expected --yes. Nothing was changed. It would be:{listed}");
        show(new Page(Console));
        if (confirm($"{char.ToUpperInvariant(what[0])}{what[1..]}?")) return null;
        Console.Complain("nothing was changed.");
        return ExitCodes.Negative;
    }

    /// <summary>Says on standard error that lines were skipped, because a list without them looks complete.</summary>
    public void WarnOfDamage(Results results)
    {
        int damaged = results.Damage.Count;
        if (damaged > 0) Console.Complain($"warning: {damaged} damaged {(damaged == 1 ? "line was" : "lines were")} skipped; 'assay doctor' says which.");
    }
}
