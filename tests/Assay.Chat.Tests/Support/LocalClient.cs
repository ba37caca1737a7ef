using System.Runtime.CompilerServices;

namespace Assay.Chat.Tests;

/// <summary>A model in this process: a function of the messages. Counts its calls.</summary>
internal sealed class LocalClient(
    Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>> answer, string? model = "local") : IChatClient
{
    private int _calls;

    public LocalClient(Func<IReadOnlyList<ChatMessage>, string> answer, string? model = "local")
        : this((messages, _, _) => Task.FromResult(Response(answer(messages))), model)
    {
    }

    public int Calls => _calls;

    public static ChatResponse Response(string text, ChatFinishReason? finish = null) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        FinishReason = finish ?? ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5, TotalTokenCount = 15 },
    };

    /// <summary>A model that adds the two numbers of "A: 1 B: 2".</summary>
    public static LocalClient Adding() => new(messages => Sum(messages[^1].Text));

    public static string Sum(string text)
    {
        string[] words = text.Split(' ');
        return $"{int.Parse(words[1], null) + int.Parse(words[3], null)}";
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return answer([.. messages], options, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, model) : null;

    public void Dispose()
    {
    }
}

/// <summary>Data of the runs of tests.</summary>
internal sealed record Numbers(int A, int B);

/// <summary>Experiments of tests.</summary>
internal static class Experiments
{
    public static RunOptions In(TempFolder folder) => new()
    {
        Store = folder.File("store"),
        Progress = ProgressMode.None,
        HandleSignals = false,
        StopWhenFirstFail = null,
        Snapshot = SnapshotOptions.Off,
    };

    /// <summary>The seed's example: A + B.</summary>
    public static ChatExperiment<Numbers, int> Addition(IChatClient client, int count = 3) =>
        ChatExperiment.Create<Numbers, int>("addition", client)
            .Setup(run =>
            {
                run.Add(ChatRole.System, "Add the two numbers provided");
                run.Add(ChatRole.User, $"A: {run.Data.A} B: {run.Data.B}");
            })
            .Step(async (run, token) =>
            {
                run.Answer = int.Parse(await run.AskAsync(token), null);
                return Next.Stop;
            })
            .Evaluate(run => Score.Of(run.Answer == run.Data.A + run.Data.B))
            .Add("sums", Enumerable.Range(0, count).Select(i => new Numbers(i, 2 * i)));
}
