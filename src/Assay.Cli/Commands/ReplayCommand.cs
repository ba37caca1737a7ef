using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Assay.Cli;

/// <summary><c>assay replay</c></summary>
internal sealed class ReplayCommand : ToolCommand
{
    private readonly Argument<string> _run = new("RUN") { Description = RunAddress.Description };
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "After --: how its program is run. Default: dotnet run with the program, the build and the arguments it had", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "How far numbers may differ, relative to the larger one, such as 1e-9. Default: not at all",
        HelpName = "NUMBER",
        CustomParser = result =>
        {
            string text = result.Tokens is [var token] ? token.Value : "";
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and < 1) return number;
            result.AddError($"--tolerance is '{text}'; expected a number from 0 to less than 1, such as 1e-9.");
            return 0;
        },
    };

    private readonly Option<string?> _except = new("--except") { Description = "Do not compare these values, several with commas, such as seconds", HelpName = "NAMES" };
    private readonly Option<string?> _path = new("--path") { Description = $"Where its code is restored to. Default: {CheckoutPlace.FolderName}/ID beside the store", HelpName = "DIR" };

    public ReplayCommand() : base("replay", "Make a run again from its exact code, params and seed, and tell whether it records the same")
    {
        Definition.Add(_run);
        Definition.Add(_command);
        Definition.Add(_tolerance);
        Definition.Add(_except);
        Definition.Add(_path);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples =>
        ["assay replay latest", "assay replay best:accuracy --tolerance 1e-9", "assay replay 373b0836 --except seconds --json", "assay replay latest -- dotnet run samples/iris.cs"];

    protected override int Run(Invocation call)
    {
        ParseResult arguments = call.Arguments;
        (string[] addresses, string[] command) = DoubleDash.Split(arguments, [arguments.GetRequiredValue(_run)], arguments.GetValue(_command) ?? []);
        if (addresses.Length != 1) throw new AssayException($"'{string.Join(' ', addresses)}' is more than one run; expected one. Put the command behind --, as in 'assay replay latest -- dotnet run x.cs'.");
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord run = call.Find(store, all, addresses[0]);
        var options = new ReplayOptions
        {
            Folder = call.Console.Folder,
            Path = arguments.GetValue(_path),
            Command = command,
            Tolerance = arguments.GetValue(_tolerance),
            Except = arguments.GetValue(_except)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Printed = call.Console.IsTerminal ? line => call.Console.Error.WriteLine(Printable.Line(line)) : _ => { },
        };
        ReplayReport report = Guarded(stop => Replay.Run(store, run, options, call.Console.Clock, stop));
        call.Answer(report, ReplayText.Write);
        call.WarnOfDamage(all);
        return report.Agrees ? ExitCodes.Success : ExitCodes.Negative;
    }

    // The program must not live on when the tool is stopped.
    private static ReplayReport Guarded(Func<CancellationToken, ReplayReport> replay)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return replay(stop.Token);
        }
        catch (OperationCanceledException fault)
        {
            throw new AssayException("the replay was stopped before its program had ended; nothing can be said. Start it again.", fault);
        }
    }
}
