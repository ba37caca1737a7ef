using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>The content of artifacts through a tool, in parts that an answer can hold.</summary>
public sealed class ArtifactToolTests
{
    [Fact]
    public async Task Text_and_bytes_come_in_parts_that_make_the_whole()
    {
        using StoreFixture store = SampleStore.Make();
        // Escapes make JSON six times as long as the text.
        string text = string.Concat(Enumerable.Repeat("Zeile mit \"Umlauten\" äöü\u001b[31m\n", 4000));
        byte[] binary = [.. Enumerable.Range(0, 60_000).Select(i => (byte)(i * 31))];
        string manifest = SampleStore.AddArtifacts(store, text, binary);
        await using McpSession session = await McpSession.StartAsync(store.Path);

        JsonObject small = await session.AskAsync("get_artifact", new { run = "best:accuracy", name = "model" });
        Assert.Equal((SampleStore.Model, "text/plain"), (small["text"]!.GetValue<string>(), small["media_type"]!.GetValue<string>()));
        Assert.Null(small["next_offset"]);
        Assert.Empty(small["remarks"]!.AsArray());
        Assert.Equal(text, Encoding.UTF8.GetString(await AllAsync(session, "logs/out put", null)));
        Assert.Equal(binary, await AllAsync(session, "bits", null));
        Assert.Equal(manifest, Encoding.UTF8.GetString(await AllAsync(session, "tree", null)));
        Assert.Equal(text, Encoding.UTF8.GetString(await AllAsync(session, "tree", "a/b.txt")));
    }

    [Fact]
    public async Task Damaged_content_is_not_given()
    {
        using StoreFixture store = SampleStore.Make();
        File.WriteAllText(store.BlobPath(SampleStore.Model), "weights: 6 6 6");
        await using McpSession session = await McpSession.StartAsync(store.Path);

        string message = await session.RefusedAsync("get_artifact", new { run = "best:accuracy", name = "model" });
        Assert.Contains("it is damaged", message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> AllAsync(McpSession session, string name, string? file)
    {
        var content = new MemoryStream();
        for (long? next = 0; next is { } offset;)
        {
            JsonObject part = await session.AskAsync("get_artifact", new { run = StoreFixture.Id(7), name, file, offset });
            Assert.InRange(Encoding.UTF8.GetByteCount(part.ToJsonString(JsonText.Plain)), 1, Question.LongestToolAnswer);
            Assert.DoesNotContain(part["remarks"]!.AsArray(), r => r!.GetValue<string>().StartsWith("Cut", StringComparison.Ordinal));
            byte[] bytes = part["text"] is { } text ? Encoding.UTF8.GetBytes(text.GetValue<string>())
                : Convert.FromBase64String(part["base64"]!.GetValue<string>());
            Assert.Equal(part["shown"]!.GetValue<int>(), bytes.Length);
            content.Write(bytes);
            next = part["next_offset"]?.GetValue<long>();
        }

        return content.ToArray();
    }
}
