using System.Globalization;

namespace Assay.Questions;

internal sealed class ReplayRunQuestion : Question<ReplayReport>
{
    private static readonly TextParameter<double> Tolerance = new(
        "tolerance", "How far numbers may differ, relative to the larger one, such as 1e-9. Default: not at all", ReadTolerance, on: Shell)
    { Placeholder = "NUMBER" };

    private static readonly ListParameter Program = new(
        "command", "After --: how its program is run. Default: dotnet run with the program, the build and the arguments it had", on: Shell)
    {
        IsPositional = true,
        IsBehindDashes = true,
    };

    private static readonly ListParameter Except = new(
        "except", "Do not compare these values, several with commas, such as seconds", on: Shell)
    {
        Placeholder = "NAMES",
        HasCommas = true,
    };

    private static readonly TextParameter Path = new(
        "path", $"Where its code is restored to. Default: {CodeCheckout.FolderName}/ID beside the store", on: Shell)
    {
        Placeholder = "DIR",
    };

    public override CommandText Command { get; } = new(
        "replay", "Make a run again from its exact code, params and seed, and tell whether it records the same",
        "assay replay latest",
        "assay replay best:accuracy --tolerance 1e-9",
        "assay replay 373b0836 --except seconds --json",
        "assay replay latest -- dotnet run samples/iris.cs");

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Program, Tolerance, Except, Path];

    public override bool Writes => true;

    // The program must not live on when the tool is stopped.
    public override bool EndsOnInterrupt => true;

    public override Answer Ask(QuestionCall call)
    {
        var options = new ReplayOptions
        {
            Folder = call.Folder,
            Path = Path.Of(call),
            Command = Program.Of(call),
            Tolerance = Tolerance.Of(call),
            Except = [.. Except.Of(call).Select(name => name.Trim()).Where(name => name.Length > 0)],
            Printed = call.Progress,
        };
        (Results all, RunRecord run) = call.FindRun();
        try
        {
            ReplayReport report = Replay.Run(call.Store, run, options, call.Clock, call.Cancellation);
            return new Answer(report) { Runs = all, IsNegative = !report.Agrees };
        }
        catch (OperationCanceledException fault)
        {
            throw new AssayException("the replay was stopped before its program had ended, so there is no answer. Start it again.", fault);
        }
    }

    protected override void Write(ReplayReport report, Page page) => ReplayText.Write(report, page);

    private static double ReadTolerance(string text, QuestionCall call, string name) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and < 1
            ? number
            : throw new AssayException($"{name} is '{text}'; expected a number from 0 to less than 1, such as 1e-9.");
}
