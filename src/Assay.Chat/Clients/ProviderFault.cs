using System.ClientModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Assay.Chat;

/// <summary>Tells the faults of providers and networks apart.</summary>
internal static class ProviderFault
{
    // A TimeSpan holds no more than some thousand years.
    private const double MostSeconds = 1e10;

    /// <summary>The fault as what it means for a run; null where it is none of a provider, such as a mistake in the program.</summary>
    public static ChatException? Of(Exception fault, TimeProvider? clock = null) => fault switch
    {
        ChatException known => known,
        ClientResultException answered => OfStatus(answered.Status, answered, RetryAfter(answered, clock ?? TimeProvider.System)),
        HttpRequestException { StatusCode: { } status } refused => OfStatus((int)status, refused, null),
        HttpRequestException or SocketException or IOException => Transient(ChatOutcome.Provider, "the connection failed", fault),
        TimeoutException or OperationCanceledException => Transient(ChatOutcome.Timeout, "there was no answer in time", fault),
        // What a library throws that reads an answer which is not of the protocol.
        JsonException or FormatException or KeyNotFoundException or ArgumentException or InvalidOperationException
            when IsOfLibrary(fault) => Transient(ChatOutcome.Provider, "the answer of the server is damaged", fault),
        AggregateException { InnerException: { } inner } => Of(inner, clock),
        _ => null,
    };

    private static ChatException OfStatus(int status, Exception fault, TimeSpan? retryAfter) => status switch
    {
        0 => Transient(ChatOutcome.Provider, "the connection failed", fault),
        (int)HttpStatusCode.TooManyRequests => Transient(ChatOutcome.RateLimit, "the provider limits the rate (429)", fault, retryAfter),
        (int)HttpStatusCode.RequestTimeout => Transient(ChatOutcome.Timeout, "the server had no answer in time (408)", fault, retryAfter),
        (int)HttpStatusCode.Conflict or >= 500 =>
            Transient(ChatOutcome.Provider, $"the server failed ({status.ToString(CultureInfo.InvariantCulture)})", fault, retryAfter),
        // A success whose content the library could not read.
        < 300 => Transient(ChatOutcome.Provider, "the answer of the server is damaged", fault),
        _ => new ChatException(ChatOutcome.Provider,
            $"the provider refused the call ({status.ToString(CultureInfo.InvariantCulture)}): {fault.Message}", fault),
    };

    private static ChatException Transient(string outcome, string what, Exception fault, TimeSpan? retryAfter = null) =>
        new(outcome, $"{what}: {fault.Message}", fault) { IsTransient = true, RetryAfter = retryAfter };

    private static TimeSpan? RetryAfter(ClientResultException fault, TimeProvider clock)
    {
        if (fault.GetRawResponse() is not { } response) return null;
        if (response.Headers.TryGetValue("retry-after-ms", out string? milliseconds)
            && double.TryParse(milliseconds, CultureInfo.InvariantCulture, out double ms) && ms >= 0)
            return Seconds(ms / 1000);
        if (!response.Headers.TryGetValue("Retry-After", out string? text)) return null;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out double seconds))
            return seconds >= 0 ? Seconds(seconds) : null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset at)) return null;
        // By the clock of the server, where it tells its time.
        DateTimeOffset now = response.Headers.TryGetValue("Date", out string? date)
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out DateTimeOffset sent) ? sent : clock.GetUtcNow();
        return at > now ? at - now : null;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, MostSeconds));

    // The same exceptions out of the program's own client are mistakes in it.
    private static bool IsOfLibrary(Exception fault) => fault.TargetSite?.DeclaringType?.Assembly.GetName().Name is { } assembly
        && (fault.StackTrace ?? "").Contains("OpenAI", StringComparison.Ordinal)
        && (assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.Contains("OpenAI", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.Extensions.AI", StringComparison.Ordinal));
}
