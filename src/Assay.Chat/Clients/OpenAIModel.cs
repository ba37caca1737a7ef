using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Assay.Chat;

/// <summary>Clients of OpenAI and of every server that is compatible with it.</summary>
public static class OpenAIModel
{
    /// <summary>The environment variable with the URL of the server.</summary>
    public const string BaseUrlVariable = "OPENAI_BASE_URL";

    /// <summary>The environment variable with the key.</summary>
    public const string KeyVariable = "OPENAI_API_KEY";

    private static readonly Uri DefaultUrl = new("https://api.openai.com/v1");

    /// <summary>Creates a client that tries again and finds the number of calls that the server allows at once.</summary>
    /// <param name="model">The model of calls whose options name none.</param>
    /// <param name="baseUrl">The URL of the server, ending in <c>/v1</c>. Default: OPENAI_BASE_URL, else that of OpenAI.</param>
    /// <param name="apiKey">The key. Default: OPENAI_API_KEY; without one a local server is asked without a key.</param>
    /// <param name="retry">How calls are tried again. Default: see <see cref="ChatRetryOptions"/>.</param>
    /// <param name="concurrency">The limits of calls under way. Default: see <see cref="ConcurrencyOptions"/>.</param>
    /// <exception cref="AssayException">There is no key for a server that is not on this machine, or the URL is none.</exception>
    public static IChatClient Client(
        string model, string? baseUrl = null, string? apiKey = null, ChatRetryOptions? retry = null,
        ConcurrencyOptions? concurrency = null) =>
        Bare(model, baseUrl, apiKey).AsBuilder().UseAssayRetry(retry).UseAdaptiveConcurrency(concurrency).Build();

    /// <summary>Creates a client without middlewares; a failed call is not tried again.</summary>
    /// <inheritdoc cref="Client" path="/param"/>
    /// <inheritdoc cref="Client" path="/exception"/>
    public static IChatClient Bare(string model, string? baseUrl = null, string? apiKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        Uri url = UrlOf(baseUrl ?? Environment.GetEnvironmentVariable(BaseUrlVariable));
        string? key = apiKey ?? Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrEmpty(key) && !url.IsLoopback)
            throw new AssayException($"there is no key for the server '{url}'; expected one in {KeyVariable} or as apiKey.");
        var options = new OpenAIClientOptions
        {
            Endpoint = url,
            // Retries of its own would hide the answers of the server from the limits.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        var credential = new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key);
        return new OpenAIClient(credential, options).GetChatClient(model).AsIChatClient();
    }

    private static Uri UrlOf(string? text) => string.IsNullOrEmpty(text) ? DefaultUrl
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" ? url
        : throw new AssayException($"the URL of the server is '{Printable.Line(text)}'; expected one such as http://localhost:8080/v1.");
}
