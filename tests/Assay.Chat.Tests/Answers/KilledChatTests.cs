using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace Assay.Chat.Tests;

/// <summary>A program with chat runs of several steps is killed again and again. What a step has seen is never asked for again.</summary>
public class KilledChatTests(ITestOutputHelper output)
{
    private const int Runs = 60;
    private const int Steps = 3;
    private const int Killed = 137;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ASSAY_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out int kills) ? kills : 25;

    [Fact]
    public async Task No_answered_call_is_paid_twice_and_finished_runs_stay_however_often_the_program_is_killed()
    {
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var again = new ConcurrentQueue<string>();
        await using ModelServer server = await ModelServer.StartAsync(asked => $"{asked.Length}");
        server.Before = async asked =>
        {
            if (seen.ContainsKey(asked)) again.Enqueue(asked);
            await Task.Delay(3);
        };
        int kills = 0, rounds = 0;
        for (; kills < Kills; rounds++) kills += await RoundAsync(server, rounds, seen);
        int paid = server.Requests.Values.Sum(), asked = rounds * Runs * Steps;
        output.WriteLine($"{kills} kills in {rounds} rounds; {paid} calls for {asked} questions");
        Assert.Empty(again);
        Assert.Equal((asked, asked), (server.Requests.Count, seen.Count));
        // A call that was under way at a kill was not answered; at most so many are at once.
        Assert.InRange(paid, asked, asked + kills * ChatProgramParallel);
    }

    private const int ChatProgramParallel = 8;

    // Reading what a program prints blocks a thread, of which the runner of the tests has few.
    private Task<int> RoundAsync(ModelServer server, int round, ConcurrentDictionary<string, bool> seen) =>
        Task.Run(() => Round(server, round, seen));

    private int Round(ModelServer server, int round, ConcurrentDictionary<string, bool> seen)
    {
        using var folder = new TempFolder();
        string store = folder.File("store");
        var random = new SeededRandom((ulong)(30_000 + round));
        var finished = new HashSet<string>(StringComparer.Ordinal);
        for (int kills = 0; ; kills++)
        {
            // Killed after a time, which may be while it starts, or after an answer.
            bool isTimed = random.Next(4) == 0;
            int moment = isTimed ? random.Next(50, 1500) : random.Next(1, 100);
            using TestProgram program = TestProgram.Start(folder.Path, "chat", store, server.Url, $"{round}", $"{Runs}", $"{Steps}");
            using var timer = new Timer(_ => program.Kill(), null, isTimed ? moment : Timeout.Infinite, Timeout.Infinite);
            for (int answers = 0; program.ReadLine() is { } line;)
            {
                // The last line of a killed program may be torn; the full stop tells.
                if (line.Length == 0 || line[^1] != '.') continue;
                if (line.StartsWith("seen ", StringComparison.Ordinal))
                {
                    seen[line[5..^1]] = true;
                    if (!isTimed && ++answers == moment) program.Kill();
                }
                else if (line.StartsWith("finished ", StringComparison.Ordinal)) finished.Add(line[9..^1]);
            }

            int exitCode = program.WaitForEnd();
            Assert.True(exitCode is 0 or Killed, $"the program ended with exit code {exitCode}:\n{program.Errors}");
            if (exitCode == Killed)
            {
                // What was reported as finished is in the store.
                if (finished.Count > 0)
                    Assert.Empty(finished.Except(Store.Open(store).LoadAll().Successful.Select(run => run.Id)));
                continue;
            }

            Results results = Store.Open(store).LoadAll();
            Assert.Equal((Runs, Runs), (results.Count, results.Successful.Count));
            Assert.All(results, run => Assert.Equal(1.0, run.Metrics["score"]));
            output.WriteLine($"round {round}: {kills} kills");
            return kills;
        }
    }
}
