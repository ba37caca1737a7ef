using System.CommandLine;

namespace Assay.Cli;

/// <summary>One command of the tool.</summary>
internal abstract class ToolCommand
{
    private readonly Option<string?> _store = new("--store")
    { Description = "The store's folder. Default: ASSAY_DIR, else the nearest .assay at or above the current folder", HelpName = "DIR" };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object instead of text" };

    protected ToolCommand(CommandText text)
    {
        Text = text;
        Definition = new Command(text.Name, text.Summary);
        // An empty variable of a script must not mean another store than the one it was to name.
        _store.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError("--store: the path is empty; expected the path or URL of a store.");
        });
    }

    /// <summary>Name, summary and examples.</summary>
    public CommandText Text { get; }

    /// <summary>The arguments and options.</summary>
    public Command Definition { get; }

    /// <summary>Runs the command and turns faults into messages and exit codes.</summary>
    public int Run(ParseResult arguments, ToolConsole console)
    {
        try
        {
            return Run(new Invocation(arguments, console, arguments.GetValue(_store), arguments.GetValue(_json)));
        }
        catch (DeclinedException declined)
        {
            console.Complain(declined.Message);
            return ExitCodes.Negative;
        }
        catch (StoreException fault)
        {
            console.Complain(fault.Message);
            return ExitCodes.NoStore;
        }
        catch (Exception fault) when (fault is AssayException or TableException)
        {
            console.Complain(fault is AssayException ours ? Question.ShellMessageOf(ours) : fault.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            console.Complain($"the store cannot be read: {fault.Message} Expected files that may be read; "
                + "check their permissions and the disk.");
            return ExitCodes.NoStore;
        }
        // The last line of defence. The type and the place of the fault serve a report of it.
        catch (Exception fault)
        {
            console.Complain($"unexpected fault: {fault}");
            return ExitCodes.Unexpected;
        }
    }

    protected abstract int Run(Invocation call);

    /// <summary>Adds the options that every command has behind its own.</summary>
    protected void AddCommonOptions(bool store = true, bool json = true)
    {
        if (store) Definition.Add(_store);
        if (json) Definition.Add(_json);
    }
}

/// <summary>One call of a command.</summary>
internal sealed record Invocation(ParseResult Arguments, ToolConsole Console, string? StorePath, bool Json);
