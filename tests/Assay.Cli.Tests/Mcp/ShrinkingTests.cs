using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

public sealed class ShrinkingTests
{
    [Fact]
    public void What_fits_stays_as_it_is()
    {
        JsonNode node = JsonNode.Parse("""{"a":1.0,"b":[1,2,{"c":null}],"d":"text"}""")!;
        var cuts = new List<string>();
        Shrinking.Shrink(node, 1000, cuts);
        Assert.Equal(("""{"a":1.0,"b":[1,2,{"c":null}],"d":"text"}""", 0), (node.ToJsonString(), cuts.Count));
    }

    [Fact]
    public void Small_values_stay_whole_beside_large_ones_and_every_cut_is_told()
    {
        var node = new JsonObject
        {
            ["small"] = "stays",
            ["text"] = new string('x', 50_000),
            ["list"] = new JsonArray([.. Enumerable.Range(0, 5000).Select(i => (JsonNode)i)]),
            ["number"] = 7
        };
        var cuts = new List<string>();
        Shrinking.Shrink(node, 2000, cuts);
        Assert.Equal(("stays", 7), (node["small"]!.GetValue<string>(), node["number"]!.GetValue<int>()));
        Assert.InRange(node.ToJsonString().Length, 1500, 2100);
        Assert.Equal([
            $"text has {node["text"]!.GetValue<string>().Length - 1:N0} of 50,000 characters",
            $"list has {node["list"]!.AsArray().Count:N0} of 5,000 elements"], cuts.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(Enumerable.Range(0, node["list"]!.AsArray().Count), node["list"]!.AsArray().Select(e => e!.GetValue<int>()));
    }

    [Fact]
    public void Whatever_it_is_it_gets_short_and_keeps_its_types()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new SeededRandom(seed);
            JsonNode node = new JsonObject { ["first"] = Any(random, 0), ["second"] = Any(random, 0) }, before = node.DeepClone();
            int room = random.Next(300, 5000);
            var cuts = new List<string>();
            Shrinking.Shrink(node, room, cuts);
            string text = node.ToJsonString(JsonText.Options);
            Assert.True(
                Encoding.UTF8.GetByteCount(text) <= room * 1.2 + 300,
                $"seed {seed}: {Encoding.UTF8.GetByteCount(text)} bytes, and not {room}");
            Assert.Equal(before.ToJsonString() == node.ToJsonString(), cuts.Count == 0);
            Within(node, before);
        }
    }

    private static JsonNode Any(SeededRandom random, int depth) => random.Next(depth > 3 ? 3 : 6) switch
    {
        0 => JsonValue.Create(random.Next(1_000_000)),
        1 => JsonValue.Create(new string('ä', random.Next(random.Next(2000) + 1))),
        2 => JsonValue.Create("\"\\\n\u0001" + new string('"', random.Next(300))),
        3 => new JsonArray([.. Enumerable.Range(0, random.Next(12)).Select(_ => Any(random, depth + 1))]),
        _ =>
            new JsonObject(
                Enumerable.Range(0, random.Next(15)).Select(i => KeyValuePair.Create($"name{i}", (JsonNode?)Any(random, depth + 1)))),
    };

    // The same form, only less of it.
    private static void Within(JsonNode? less, JsonNode? more)
    {
        Assert.Equal(more?.GetValueKind(), less?.GetValueKind());
        if (less is JsonObject named) Assert.All(named, m => Within(m.Value, more!.AsObject()[m.Key]));
        if (less is JsonArray list) Assert.All(list.Index(), e => Within(e.Item, more!.AsArray()[e.Index]));
        if (less is JsonValue value && value.GetValueKind(
            ) == System.Text.Json.JsonValueKind.String && value.GetValue<string>() != more!.GetValue<string>())
            Assert.StartsWith(value.GetValue<string>().TrimEnd('…'), more.GetValue<string>(), StringComparison.Ordinal);
    }
}
