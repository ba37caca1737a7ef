using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>
/// The real server over its pipes, sent what it must not get: nothing ends it, its memory stays bounded, and a good request is answered
/// afterwards.
/// </summary>
public sealed class FuzzTests
{
    private const string Runs = """{"name":"list_runs","arguments":{"limit":2}}""";

    private static int Storms =>
        Environment.GetEnvironmentVariable("ASSAY_MCP_STORMS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 20;

    [Fact]
    public void No_storm_of_broken_messages_ends_the_server()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        server.Initialize();
        for (int i = 0; i < Storms; i++)
        {
            var storm = new Storm((ulong)i);
            for (int k = 0; k < 200; k++) server.Send(storm.Next());
            // A storm may end within a message.
            server.Send("\n");
            Answered(server, $"storm {i}");
        }

        Assert.Empty(server.Strange);
        Assert.Equal(0, server.End());
    }

    [Fact]
    public void Messages_of_any_length_are_refused_with_their_id_and_never_held()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        server.Initialize();
        byte[] block = Encoding.UTF8.GetBytes(new string('x', 1 << 20));
        // Longer in sum than the heap may be, and one that is so alone.
        foreach (int megabytes in (int[])[2, 3, 5, 8, 2, 200])
        {
            string id = server.Begin("tools/call", "");
            server.Send("");
            Assert.Contains("cannot be read", server.Await(id)["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
            server.Send("""{"jsonrpc":"2.0","id":"long","method":"tools/call","params":{"name":"list_runs","arguments":{"where":""" + "\"");
            for (int i = 0; i < megabytes; i++) server.Send(block);
            server.Send("\"}}}\n");
            Answered(server, $"{megabytes} MB");
        }

        Assert.Equal(0, server.End());
    }

    [Fact]
    public void A_message_that_is_too_long_is_answered_by_its_id_where_that_stands_in_front()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        server.Initialize();
        string padding = new('x', 2 << 20);
        string first = server.Begin("ping", $$"""{"padding":"{{padding}}"}""");
        Assert.Contains("the message has 2,097,", server.Await(first)["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        int before = server.Answers;
        server.Send($$"""{"method":"ping","params":{"padding":"{{padding}}"},"id":"late"}""" + "\n");
        Answered(server, "a long message");
        Assert.Equal(before + 2, server.Answers);
    }

    [Fact]
    public void A_client_that_falls_back_to_initialize_because_the_answer_to_its_probe_is_late_is_served()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        string meta = """
            {"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientInfo":{"name":"raw","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}
            """.OneLine();
        string probe = server.Begin("server/discover", meta);
        server.Initialize();
        Assert.Contains("2026-07-28", server.Await(probe)["result"]!["supportedVersions"]!.ToJsonString(), StringComparison.Ordinal);
        Answered(server, "a probe and initialize");
        Assert.Equal(0, server.End());
    }

    [Fact]
    public void A_flood_of_requests_is_answered_to_the_last()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        server.Initialize();
        string[] ids = [
            .. Enumerable.Range(0, 5000).Select(i => i % 10 == 0 ? server.Begin("tools/call", Runs) : server.Begin("ping", "{}"))];
        Assert.All(ids, id => Assert.True(server.Await(id).ContainsKey("result")));
        Assert.Equal(0, server.End());
        Assert.Equal(ids.Length + 1, server.Answers);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_waited_for_and_gets_everything_when_it_does()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path, read: false);
        // All answers together are longer than the heap may be.
        var writing = Task.Run(() =>
        {
            server.Send("""
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},
                "clientInfo":{"name":"raw","version":"1"}}}
                """.OneLine() + "\n");
            return Enumerable.Range(0, 5000).Select(_ => server.Begin("tools/list", "{}")).ToArray();
        });
        // Without a reader it cannot come to its end, however long it is waited for.
        Assert.NotSame(writing, await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(1))));
        server.StartReading();
        Assert.All(await writing, id => Assert.True(server.Await(id).ContainsKey("result")));
        Assert.Equal(0, server.End());
    }

    [Fact]
    public void Requests_cancelled_in_floods_free_their_places()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        server.Initialize();
        for (int i = 0; i < 2000; i++)
        {
            server.Send($$"""{"jsonrpc":"2.0","id":{{i}},"method":"tools/call","params":{{Runs}}}""" + "\n");
            server.Send($$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{i}}} }""" + "\n");
        }

        Answered(server, "2,000 cancelled requests");
        Assert.Equal(0, server.End());
    }

    [Fact]
    public void Requests_are_answered_also_when_the_input_ends_right_behind_them()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        server.Initialize();
        string[] ids = [.. Enumerable.Range(0, 20).Select(_ => server.Begin("tools/call", Runs))];
        Assert.Equal(0, server.End());
        Assert.All(ids, id => Assert.True(server.Await(id).ContainsKey("result")));
    }

    [Fact]
    public void What_the_server_says_of_itself_goes_to_standard_error_and_is_bounded()
    {
        using StoreFixture store = SampleStore.Make();
        using var server = new RawServer(store.Path);
        for (int i = 0; i < 3000; i++) server.Send("ruin\n");
        server.Initialize();
        Answered(server, "3,000 lines of ruin");
        Assert.Equal(0, server.End());
        string said = server.Error;
        Assert.StartsWith($"assay: serving '{store.Path}' over MCP, read-only", said);
        Assert.Contains("no more is said here", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 100, 60_000);
    }

    private static void Answered(RawServer server, string after)
    {
        JsonObject answer = server.Ask("tools/call", Runs);
        Assert.True(answer["result"]?["structuredContent"]?["total"]?.GetValue<int>() == 5, $"After {after}: {answer.ToJsonString()}");
    }
}
