using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Assay.Chat.Tests;

/// <summary>What goes wrong with a request.</summary>
internal enum Trouble
{
    None, TooMany, ServerError, Dropped, Half, Hung, Malformed, Slow,
}

/// <summary>A server that speaks OpenAI's protocol on loopback, and may be hostile. Counts requests by their last message.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<string, int, Trouble> _trouble;
    private readonly Func<string, string> _answer;
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);

    private ModelServer(Func<string, string> answer, Func<string, int, Trouble> trouble)
    {
        (_answer, _trouble) = (answer, trouble);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Url { get; private set; } = "";

    public IReadOnlyDictionary<string, int> Requests => _requests;

    /// <summary>How often each trouble was made.</summary>
    public ConcurrentDictionary<Trouble, int> Troubles { get; } = [];

    /// <summary>How long to wait after too many requests.</summary>
    public (string Header, string Value) RetryAfter { get; set; } = ("retry-after-ms", "40");

    /// <summary>Called before a request is answered.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public static async Task<ModelServer> StartAsync(Func<string, string> answer, Func<string, int, Trouble>? trouble = null)
    {
        var server = new ModelServer(answer, trouble ?? ((_, _) => Trouble.None));
        await server._app.StartAsync();
        string address = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Url = address + "/v1";
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        JsonElement request = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        string asked = Text(request.GetProperty("messages").EnumerateArray().Last().GetProperty("content"));
        int number = _requests.AddOrUpdate(asked, 1, (_, n) => n + 1);
        await Before(asked);
        Trouble trouble = _trouble(asked, number);
        Troubles.AddOrUpdate(trouble, 1, (_, n) => n + 1);
        byte[] body = Body(_answer(asked));
        http.Response.ContentType = "application/json";
        switch (trouble)
        {
            case Trouble.TooMany:
                http.Response.StatusCode = 429;
                http.Response.Headers[RetryAfter.Header] = RetryAfter.Value;
                await http.Response.WriteAsync("""{"error":{"message":"too many requests","type":"rate_limit"}}""");
                break;
            case Trouble.ServerError:
                http.Response.StatusCode = 500;
                await http.Response.WriteAsync("oops");
                break;
            case Trouble.Dropped:
                http.Abort();
                break;
            case Trouble.Half:
                http.Response.ContentLength = body.Length;
                await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            case Trouble.Hung:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case Trouble.Malformed:
                await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
                break;
            case Trouble.Slow:
                for (int at = 0; at < body.Length; at += 64)
                {
                    await http.Response.Body.WriteAsync(body.AsMemory(at, Math.Min(64, body.Length - at)));
                    await http.Response.Body.FlushAsync();
                    await Task.Delay(2);
                }

                break;
            default:
                await http.Response.Body.WriteAsync(body);
                break;
        }
    }

    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.String ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        id = "answer",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "local",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 10, completion_tokens = 5, total_tokens = 15 },
    }));
}
