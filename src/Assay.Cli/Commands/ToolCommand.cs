using System.CommandLine;

namespace Assay.Cli;

/// <summary>
/// One command of the tool. A subclass says what its arguments are and turns a store into a report; the report is then
/// written as JSON or as text, so that both always tell the same.
/// </summary>
internal abstract class ToolCommand
{
    private readonly Option<string?> _store = new("--store")
    {
        Description = "The store's folder. Default: ASSAY_DIR, else the nearest .assay at or above the current folder",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON object instead of text" };

    protected ToolCommand(string name, string description) => Definition = new Command(name, description);

    /// <summary>Name, description, arguments and options.</summary>
    public Command Definition { get; }

    /// <summary>Command lines worth showing.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Runs the command and turns faults into messages and exit codes.</summary>
    public int Run(ParseResult arguments, ToolConsole console)
    {
        try
        {
            return Run(new Invocation(arguments, console, arguments.GetValue(_store), arguments.GetValue(_json)));
        }
        catch (StoreException fault)
        {
            console.Complain(fault.Message);
            return ExitCodes.NoStore;
        }
        catch (Exception fault) when (fault is AssayException or TableException)
        {
            console.Complain(fault.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            console.Complain($"the store cannot be read: {fault.Message} Expected files that may be read; check their permissions and the disk.");
            return ExitCodes.NoStore;
        }
        // The last line of defence: a stack trace on the terminal helps nobody who only wants a list, but its type and place help us.
        catch (Exception fault)
        {
            console.Complain($"unexpected fault: {fault}");
            return ExitCodes.Unexpected;
        }
    }

    protected abstract int Run(Invocation call);

    /// <summary>Adds the options that every command has, last, after the command's own.</summary>
    /// <param name="store">Whether it looks at a store at all.</param>
    /// <param name="json">Whether its answer is a report.</param>
    protected void AddCommonOptions(bool store = true, bool json = true)
    {
        if (store) Definition.Add(_store);
        if (json) Definition.Add(_json);
    }
}
