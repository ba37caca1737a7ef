namespace Assay.Chat.Tests;

/// <summary>An experiment whose prompt reads a script: five sums, of which 2 is answered wrongly and 3 fails at first.</summary>
internal sealed class ReplScripts : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _failures;

    public ReplScripts()
    {
        Client = new LocalClient((messages, _, _) =>
        {
            string asked = messages[^1].Text;
            if (asked == "A: 3 B: 6" && Interlocked.Increment(ref _failures) == 1)
                throw new ChatException(ChatOutcome.Provider, "the server answered 500.");
            return Task.FromResult(LocalClient.Response(asked == "A: 2 B: 4" ? "7" : LocalClient.Sum(asked)));
        });
        Experiment = Experiments.Addition(Client, 5).Prices(
            new PriceTable(new Dictionary<string, ModelPrice> { ["local"] = new(1m, 2m) }));
    }

    public LocalClient Client { get; }

    public ChatExperiment<Numbers, int> Experiment { get; }

    public string File(string name) => _folder.File(name);

    /// <summary>Runs a script; FOLDER in it, and in what is printed, is a folder of this test.</summary>
    public (int Code, string Text) Run(params string[] lines) => Run(Experiment, lines);

    public (int Code, string Text) Run<TData, TAnswer>(ChatExperiment<TData, TAnswer> experiment, params string[] lines)
    {
        using var input = new StringReader(string.Join('\n', lines).Replace("FOLDER", _folder.Path, StringComparison.Ordinal));
        return Run(experiment, input, []);
    }

    public (int Code, string Text) Execute(params string[] args) => Run(Experiment, TextReader.Null,
        [.. args.Select(arg => arg.Replace("FOLDER", _folder.Path, StringComparison.Ordinal))]);

    public void Dispose() => _folder.Dispose();

    private (int Code, string Text) Run<TData, TAnswer>(
        ChatExperiment<TData, TAnswer> experiment, TextReader input, IReadOnlyList<string> args)
    {
        using var output = new StringWriter();
        int code = experiment.StartReplAsync(
            args, new ReplOptions { Runs = Experiments.In(_folder), Input = input, Output = output }).GetAwaiter().GetResult();
        return (code, output.ToString().Replace(_folder.Path, "FOLDER", StringComparison.Ordinal));
    }
}
