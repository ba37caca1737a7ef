using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Assay.Cli.Tests.Mcp;

/// <summary>The store, its runs and their artifacts as resources, read by the package's own client.</summary>
public sealed class ResourcesTests
{
    private static string Run(int number) => $"assay://runs/{StoreFixture.Id(number)}";

    [Fact]
    public async Task Every_resource_that_is_offered_can_be_read()
    {
        using StoreFixture store = SampleStore.Make();
        await using McpSession session = await McpSession.StartAsync(store.Path);
        IList<McpClientResource> offered = await session.Client.ListResourcesAsync();
        Assert.Equal(
            ["assay://store", Run(5), Run(4), Run(3), Run(2), Run(1), Run(1) + "/artifacts/model", Run(1) + "/artifacts/confusion"],
            offered.Select(r => r.Uri).Order(Comparer<string>.Create((a, b) => 0)));
        foreach (McpClientResource resource in offered) Assert.NotEmpty((await resource.ReadAsync()).Contents);
        Assert.Equal(
            ["assay://runs/{id}", "assay://runs/{id}/artifacts/{name}{?file,offset}"], (await session.Client.ListResourceTemplatesAsync())
                .Select(t => t.UriTemplate));
    }

    [Fact]
    public void Every_table_format_has_a_media_type() => Assert.All(
        Enum.GetValues<TableFormat>().Where(format => format != TableFormat.Clipboard),
        format => Assert.NotEqual("application/octet-stream", MediaTypes.Of(format.Extension()[1..], text: false)));

    [Fact]
    public async Task The_overview_and_runs_are_what_the_commands_say()
    {
        using StoreFixture store = SampleStore.Make();
        await using McpSession session = await McpSession.StartAsync(store.Path);
        JsonObject overview = JsonNode.Parse((await session.ReadAsync("assay://store")).Text)!.AsObject();
        Assert.Equal(
            (5, 2, 5), (overview["runs"]!.GetValue<int>(), overview["experiments"]!.AsArray().Count, overview["newest"]!.AsArray().Count));
        Assert.Contains("list_paths", overview["remarks"]!.ToJsonString(), StringComparison.Ordinal);
        TextResourceContents read = await session.ReadAsync(Run(1));
        JsonObject run = JsonNode.Parse(read.Text)!.AsObject();
        run.Remove("remarks");
        Assert.Equal((Run(1), "application/json"), (read.Uri, read.MimeType));
        Assert.Equal(
            JsonNode.Parse(Tool.Run("show", StoreFixture.Id(1), "--json", "--store", store.Path).Out)!.ToJsonString(), run.ToJsonString());
    }

    [Fact]
    public async Task Artifacts_are_text_or_blobs_in_bounded_parts()
    {
        using StoreFixture store = SampleStore.Make();
        string text = string.Concat(Enumerable.Repeat("Zeile mit Umlauten äöü\n", 5000));
        byte[] binary = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];
        string manifest = SampleStore.AddArtifacts(store, text, binary);
        await using McpSession session = await McpSession.StartAsync(store.Path);
        Assert.Equal(SampleStore.Model, (await session.ReadAsync(Run(1) + "/artifacts/model")).Text);
        Assert.Equal("[[1,0],[0,1]]", (await session.ReadAsync(Run(1) + "/artifacts/confusion")).Text);
        Assert.Equal(text, Encoding.UTF8.GetString(await All(session, Run(7) + "/artifacts/logs%2Fout%20put")));
        Assert.Equal(binary, await All(session, "assay://runs/latest/artifacts/bits"));
        Assert.Equal(manifest, (await session.ReadAsync(Run(7) + "/artifacts/tree")).Text);
        Assert.Equal(text, Encoding.UTF8.GetString(await All(session, Run(7) + "/artifacts/tree?file=a%2Fb.txt")));
        Assert.Equal("image/png", (await session.Client.ReadResourceAsync(Run(7) + "/artifacts/bits")).Contents[0].MimeType);
    }

    [Theory]
    [InlineData("assay://nothing", "there is no resource 'assay://nothing'; expected assay://store, assay://runs/{id}")]
    [InlineData("assay://runs/", "there is no resource")]
    [InlineData("assay://runs/../../etc/passwd", "there is no resource")]
    [InlineData("assay://runs/..%2F..%2Fetc%2Fpasswd", "there is no resource")]
    [InlineData("file:///etc/passwd", "there is no resource 'file:///etc/passwd'")]
    [InlineData("assay://runs/zz", "no run has an id that starts with 'zz'")]
    [InlineData(
        "assay://runs/best:accuracy/artifacts/..%2F..%2Fstore.json",
        "has no artifact or data '../../store.json'; it has 'model', 'confusion', 'evil', 'tree'")]
    [InlineData("assay://runs/best:accuracy/artifacts/evil", "'../../../../../etc/passwd' is no address of an artifact")]
    [InlineData("assay://runs/best:accuracy/artifacts/tree?file=x", "'..' is no address of an artifact")]
    [InlineData(
        "assay://runs/best:accuracy/artifacts/tree?file=..%2Fstore.json", "has no file '../store.json'; it has x. Correct the name.")]
    [InlineData("assay://runs/best:accuracy/artifacts/model?file=x", "file is 'x', but 'model' is no folder")]
    [InlineData(
        "assay://runs/best:accuracy/artifacts/model?offset=99",
        "offset is 99; expected a number below 14, the length of 'model' in bytes.")]
    [InlineData("assay://runs/best:accuracy/artifacts/model?offset=-1", "there is no resource")]
    public async Task What_is_no_resource_of_the_store_is_refused(string uri, string message)
    {
        using StoreFixture store = SampleStore.Make();
        string manifest = """{"files":[{"path":"x","size":1,"sha256":".."}]}""";
        store.Blob(manifest);
        store.Journal("20260102-030405-iris-0001").Line(1, "artifact", """
            {"name":"evil","kind":"text","format":"txt","size":9,"sha256":"../../../../../etc/passwd"}
            """.OneLine());
        string journal = store.File("runs", "20260102-030405-iris-0001.jsonl");
        // Within the run: its end is moved behind the new lines.
        string[] lines = File.ReadAllLines(journal);
        int end = Array.FindIndex(
            lines, l => l.Contains("run_end", StringComparison.Ordinal) && l.Contains(StoreFixture.Id(1), StringComparison.Ordinal));
        store.Journal("20260102-030405-iris-0001").Artifact(1, "tree", manifest, kind: "directory");
        lines = [.. File.ReadAllLines(journal)];
        File.WriteAllLines(journal, [.. lines[..end], .. lines[^2..], .. lines[end..^2]]);
        await using McpSession session = await McpSession.StartAsync(store.Path);
        McpException fault = await Assert.ThrowsAnyAsync<McpException>(async () => await session.Client.ReadResourceAsync(uri));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, (await session.AskAsync("list_runs"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Long_lists_of_resources_come_in_pages()
    {
        (StoreFixture store, IReadOnlyList<TrackedFact> facts) = TrackedStore.Make(120, TimeSpan.FromHours(1));
        using (store)
        {
            await using McpSession session = await McpSession.StartAsync(store.Path);
            var pages = new List<int>();
            var uris = new List<string>();
            for (string? cursor = ""; cursor is not null;)
            {
                ListResourcesResult page = await session.Client.ListResourcesAsync(
                    new ListResourcesRequestParams { Cursor = cursor.Length == 0 ? null : cursor });
                pages.Add(page.Resources.Count);
                uris.AddRange(page.Resources.Select(r => r.Uri));
                cursor = page.NextCursor;
            }

            Assert.Equal([51, 50, 20], pages);
            Assert.Equal(facts.Reverse().Select(f => $"assay://runs/{f.Id}").Prepend("assay://store"), uris);
        }
    }

    [Fact]
    public async Task The_artifacts_of_one_run_come_in_pages_too()
    {
        using var store = new StoreFixture();
        JournalFixture journal = store.Journal("a").Session().Begin(1).Begin(2);
        for (int i = 0; i < 450; i++) journal.Artifact(2, $"many {i}", "x");
        for (int i = 0; i < 20; i++) journal.Artifact(
            1, new string('l', 5000) + i.ToString(System.Globalization.CultureInfo.InvariantCulture), "x");
        journal.End(1).End(2);
        await using McpSession session = await McpSession.StartAsync(store.Path);
        var uris = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            ListResourcesResult page = await session.Client.ListResourcesAsync(
                new ListResourcesRequestParams { Cursor = cursor.Length == 0 ? null : cursor });
            Assert.InRange(page.Resources.Count, 1, 200);
            Assert.InRange(JsonSerializer.Serialize(page.Resources, McpJsonUtilities.DefaultOptions).Length, 1, 60_000);
            uris.AddRange(page.Resources.Select(r => r.Uri));
            cursor = page.NextCursor;
        }

        Assert.Equal(
            ["assay://store", Run(2), .. Enumerable.Range(0, 450).Select(
                i =>
                    $"{Run(2)}/artifacts/many%20{i}"), Run(1), .. Enumerable.Range(0, 20).Select(i =>
                        $"{Run(1)}/artifacts/{new string('l', 5000)}{i}")], uris);
        McpException fault = await Assert.ThrowsAnyAsync<McpException>(
            async () => await session.Client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = Run(2) }));
        Assert.Contains("expected the nextCursor of an earlier answer", fault.Message, StringComparison.Ordinal);
    }

    // Follows the addresses that the parts themselves name.
    private static async Task<byte[]> All(McpSession session, string uri)
    {
        var content = new MemoryStream();
        for (string? next = uri; next is not null;)
        {
            IList<ResourceContents> contents = (await session.Client.ReadResourceAsync(next)).Contents;
            byte[] part = contents[0] is TextResourceContents text ? Encoding.UTF8.GetBytes(text.Text)
                : ((BlobResourceContents)contents[0]).DecodedData.ToArray();
            Assert.InRange(part.Length, 1, 60_000);
            content.Write(part);
            next = contents.Count > 1 ? contents[1].Uri : null;
            if (next is not null) Assert.Contains(
                $"What follows is the resource {next}", Assert.IsType<TextResourceContents>(contents[1]).Text, StringComparison.Ordinal);
        }

        return content.ToArray();
    }
}
