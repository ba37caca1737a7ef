using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Samples;

/// <summary>
/// Models on this machine behind OpenAI's protocol, so that the samples need no key and no network, and HTTP, retries and accounting are
/// real all the same: one in forty questions is refused at first, as a busy provider does.
/// </summary>
public sealed class LocalModels : IAsyncDisposable
{
    private const int RefusedEach = 40;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private readonly Func<string, string, string?> _answer;

    private LocalModels(Func<string, string, string?> answer)
    {
        _answer = answer;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The URL for clients.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server on a free port of this machine.</summary>
    /// <param name="answer">The answer of a model to a question; null for a question that it does not know.</param>
    public static async Task<LocalModels> StartAsync(Func<string, string, string?> answer)
    {
        var models = new LocalModels(answer);
        await models._app.StartAsync();
        IServer server = models._app.Services.GetRequiredService<IServer>();
        models.Url = server.Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1";
        return models;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        JsonElement request = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        string model = request.GetProperty("model").GetString()!;
        string asked = Text(request.GetProperty("messages").EnumerateArray().Last().GetProperty("content"));
        int hash = asked.Aggregate(model.Length, (sum, c) => unchecked(sum * 31 + c));
        if (hash % RefusedEach == 0 && _asked.TryAdd(model + asked, true))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers["retry-after-ms"] = "10";
            await http.Response.WriteAsJsonAsync(new { error = new { message = "too many requests", type = "rate_limit" } });
            return;
        }

        string? answer = _answer(model, asked);
        http.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await http.Response.WriteAsJsonAsync(answer is null ? new { error = new { message = $"'{model}' does not know this question" } }
            : (object)new
            {
                id = "local",
                @object = "chat.completion",
                created = 1_700_000_000,
                model,
                choices = new[] { new { index = 0, message = new { role = "assistant", content = answer }, finish_reason = "stop" } },
                usage = new
                {
                    prompt_tokens = Words(asked),
                    completion_tokens = Words(answer),
                    total_tokens = Words(asked) + Words(answer),
                },
            });
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
