using System.Runtime.CompilerServices;
using Assay.Chat;
using Microsoft.Extensions.AI;

namespace Assay.TestPrograms;

/// <summary>The prompt over sums that a model in this process adds; it never answers for a number below zero.</summary>
internal static class ReplProgram
{
    public static Task<int> RunAsync(string[] args)
    {
        int[] numbers = [.. args[1].Split(',').Select(text => int.Parse(text, null))];
        return ChatExperiment.Create<int, int>("doubling", new Doubling())
            .Setup(run => run.Add(ChatRole.User, $"{run.Data}"))
            .Step(async (run, token) =>
            {
                run.Answer = int.Parse(await run.AskAsync(token), null);
                return Next.Stop;
            })
            .Evaluate(run => Score.Of(run.Answer == 2 * run.Data))
            .StepTimeout(TimeSpan.FromMinutes(10))
            .Add("numbers", numbers)
            .StartReplAsync(args[2..], new ReplOptions { Runs = new RunOptions { Store = args[0], Snapshot = SnapshotOptions.Off } });
    }

    private sealed class Doubling : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            int number = int.Parse(messages.Last().Text, null);
            if (number < 0) await Task.Delay(Timeout.Infinite, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{2 * number}")) { FinishReason = ChatFinishReason.Stop };
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, "doubling") : null;

        public void Dispose()
        {
        }
    }
}
