using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Assay.Chat;

/// <summary>
/// A middleware that deals with whole answers. A streamed answer is gathered from the client below, and passed on in parts once it is
/// whole: an answer can be tried again, kept or counted only then.
/// </summary>
/// <param name="innerClient">The client below.</param>
internal abstract class WholeAnswerChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    /// <summary>Gets an answer.</summary>
    /// <param name="messages">The messages, read once.</param>
    /// <param name="options">The options; not to be changed.</param>
    /// <param name="ask">Asks the client below, streamed if the caller asked so. May be called several times.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    protected abstract Task<ChatResponse> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<CancellationToken, Task<ChatResponse>> ask,
        CancellationToken cancellationToken);

    /// <inheritdoc/>
    public sealed override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> all = [.. messages];
        return AnswerAsync(all, options, token => base.GetResponseAsync(all, options, token), cancellationToken);
    }

    /// <inheritdoc/>
    public sealed override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> all = [.. messages];
        ChatResponse response = await AnswerAsync(
            all, options, async token => Whole(await base.GetStreamingResponseAsync(all, options, token).ToChatResponseAsync(token)),
            cancellationToken);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates()) yield return update;
    }

    // A stream whose connection ends early ends without a reason.
    private static ChatResponse Whole(ChatResponse response) => response.FinishReason is not null ? response
        : throw new ChatException(ChatOutcome.Provider, "the answer of the server ended before it was whole.") { IsTransient = true };
}
