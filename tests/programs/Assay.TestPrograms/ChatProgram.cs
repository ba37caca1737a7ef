using Assay.Chat;
using Microsoft.Extensions.AI;

namespace Assay.TestPrograms;

/// <summary>Chat runs of several steps against a server; says what each step has seen, and which runs are kept.</summary>
internal static class ChatProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        (string store, string url, string round) = (args[0], args[1], args[2]);
        int runs = int.Parse(args[3], null), steps = int.Parse(args[4], null);
        using IChatClient client = OpenAIModel.Client("local", url, "key");
        ChatExperiment<string, int> experiment = ChatExperiment.Create<string, int>("killed", client)
            .Step(async (run, token) =>
            {
                string asked = $"{run.Data} step {run.Calls}";
                run.Add(ChatRole.User, asked);
                run.Answer += int.Parse(await run.AskAsync(token), null) == asked.Length ? 1 : 0;
                Say($"seen {asked}.");
                return run.Calls >= int.Parse(run.Data.Split(' ')[^1], null)
                    ? Next.Stop : Next.Continue;
            })
            .Evaluate(run => Score.Of(run.Answer == int.Parse(run.Data.Split(' ')[^1], null)))
            .Add("all", Enumerable.Range(0, runs).Select(i => $"round {round} run {i} of {steps}"));
        await experiment.RunAsync(new RunOptions { Store = store, Parallel = 8, Progress = ProgressMode.None, Observer = new Finished() });
        return 0;
    }

    private static void Say(string line)
    {
        lock (Console.Out) Console.Out.Write(line + "\n");
    }

    private sealed class Finished : IObserver<RunEvent>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(RunEvent value)
        {
            if (value is { Kind: RunEventKind.Finished, Status: RunStatus.Success }) Say($"finished {value.RunId}.");
        }
    }
}
