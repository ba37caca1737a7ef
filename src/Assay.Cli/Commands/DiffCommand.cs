using System.CommandLine;

namespace Assay.Cli;

/// <summary><c>assay diff</c></summary>
internal sealed class DiffCommand : ToolCommand
{
    private const int DefaultLimit = 200_000;

    private readonly Argument<string[]> _runs = new("RUN") { Description = $"One run, to compare with the working tree, or two. {RunAddress.Description}", Arity = new ArgumentArity(1, 2) };
    private readonly Argument<string[]> _paths = new("PATH") { Description = "After --: only these files and folders, as git takes them", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _stat = new("--stat") { Description = "Only the files, with the number of lines added and removed" };
    private readonly Option<bool> _names = new("--names") { Description = "Only the files, and what became of them" };
    private readonly Option<int> _limit = NumberOption.Of("--limit", "At most so many bytes of the patch in JSON", 0, DefaultLimit);

    public DiffCommand() : base("diff", "Show how the code of two runs differs, or that of a run and the working tree")
    {
        Definition.Add(_runs);
        Definition.Add(_paths);
        Definition.Add(_stat);
        Definition.Add(_names);
        Definition.Add(_limit);
        AddCommonOptions();
    }

    public override IReadOnlyList<string> Examples => ["assay diff latest~1 latest", "assay diff best:accuracy latest --stat", "assay diff latest -- src", "assay diff @1 @2 --json"];

    protected override int Run(Invocation call)
    {
        ParseResult arguments = call.Arguments;
        (string[] addresses, string[] paths) = DoubleDash.Split(arguments, arguments.GetRequiredValue(_runs), arguments.GetValue(_paths) ?? []);
        if (addresses.Length is < 1 or > 2) throw new AssayException($"{Words.Count(addresses.Length, "run is", "runs are")} named; expected one or two. Put paths behind --, as in 'assay diff latest~1 latest -- src'.");
        Store store = call.OpenStore();
        Results all = store.LoadAll();
        RunRecord[] runs = [.. addresses.Select(a => call.Find(store, all, a))];
        bool stat = arguments.GetValue(_stat), names = arguments.GetValue(_names);
        CodeDiffReport report = CodeDiff.Between(store, runs[0], runs.Length == 1 ? null : runs[1], new CodeDiffOptions
        {
            Folder = call.Console.Folder,
            Paths = paths,
            Patch = !stat && !names,
            MostPatch = call.Json ? arguments.GetValue(_limit) : long.MaxValue,
        });
        call.Answer(report, (diff, page) => DiffText.Write(diff, names, page));
        call.WarnOfDamage(all);
        return ExitCodes.Success;
    }
}
