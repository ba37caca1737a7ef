using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>Messages that are wrong in every way there is, from a seed.</summary>
internal sealed class Storm(ulong seed)
{
    private static readonly string[] Good =
    [
        """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
            "clientInfo":{"name":"storm","version":"1"}}}
            """.OneLine(),
        """{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}""",
        """
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list_runs",
            "arguments":{"where":"lr > 0.01 and accuracy >= 0.9","sort":["lr:desc"],"columns":["lr"],"limit":3}}}
            """.OneLine(),
        """{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"get_run","arguments":{"run":"latest","log_lines":5}}}""",
        """
            {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"best_runs","arguments":{"metric":"accuracy","by":["lr"],
            "minimize":true}}}
            """.OneLine(),
        """
            {"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"compare_runs","arguments":{"runs":["latest","latest~1"],
            "all":true}}}
            """.OneLine(),
        """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_metric_history","arguments":{"run":"best:accuracy",
            "metric":"loss","from_step":0,"max_points":10}}}
            """.OneLine(),
        """
            {"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"select_values","arguments":{"path":"layers[].size",
            "distinct":true,"since":"2w"}}}
            """.OneLine(),
        """{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"export_table","arguments":{"format":"markdown","limit":2}}}""",
        """{"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"list_paths","arguments":{"contains":"l","numeric":false}}}""",
        """{"jsonrpc":"2.0","id":11,"method":"resources/list","params":{"cursor":"abc"}}""",
        """{"jsonrpc":"2.0","id":12,"method":"resources/read","params":{"uri":"assay://runs/latest/artifacts/model?offset=3"}}""",
        """{"jsonrpc":"2.0","id":13,"method":"resources/read","params":{"uri":"assay://store"}}""",
        """{"jsonrpc":"2.0","id":14,"method":"ping"}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3,"reason":"storm"}}""",
        """{"jsonrpc":"2.0","id":15,"result":{}}""",
        """{"jsonrpc":"2.0","id":16,"error":{"code":1,"message":"no"}}""",
        """
            {"jsonrpc":"2.0","id":17,"method":"tools/call","params":{"name":"list_runs","arguments":{},"_meta":{"progressToken":1,
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}}
            """.OneLine(),
    ];

    private static readonly string[] Odd =
    [
        "null", "true", "[]", "{}", "-1", "1e999", "123456789012345678901234567890", "\"\"", "\"\\ud800\"", "\"\\u0000\"",
        "\"../../../etc/passwd\"", "\"assay://runs/..%2f..\"", "[[[[[[]]]]]]",
        "\"tools/call\"", "{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "\"nan\"", "\"@1\"", "\"latest~99999999999\"", "\"best:\"",
        "\"a[][][][][]\"", "\"((((((((((\"", "0.1", "\"2026-07-28\"",
    ];

    private static readonly string[] Unknown =
        [
            "resources/subscribe", "subscriptions/listen", "logging/setLevel", "completion/complete", "prompts/get", "tasks/get",
            "server/discover", "no/such", "", "notifications/initialized", "rpc.discover", "TOOLS/CALL", "sampling/createMessage",
            "shutdown", "exit"];

    private readonly SeededRandom _random = new(seed);

    /// <summary>The next message, with its line end or without.</summary>
    public byte[] Next()
    {
        string good = Good[_random.Next(Good.Length)];
        return _random.Next(12) switch
        {
            0 or 1 or 2 => Line(WithOddValue(good)),
            3 => Flipped(Encoding.UTF8.GetBytes(good)),
            4 => Line(good[.._random.Next(good.Length)]),
            5 => [.. Encoding.UTF8.GetBytes(good[.._random.Next(good.Length)])],
            6 =>
                Line(
                    good.Replace(
                        JsonNode.Parse(good)!["method"]?.GetValue<string>() ?? "result", Unknown[_random.Next(Unknown.Length)],
                        StringComparison.Ordinal)),
            7 => Line($"[{good},{Good[_random.Next(Good.Length)]}]"),
            8 => Line(Nested(good)),
            9 => [.. Encoding.UTF8.GetBytes(good[..10]), 0xC3, 0x28, 0xFF, .. Encoding.UTF8.GetBytes(good[10..]), (byte)'\n'],
            10 => Encoding.UTF8.GetBytes(_random.Next(2) == 0 ? "\r\n\n  \n" : good.Replace(",", ",,", StringComparison.Ordinal) + "\r\n"),
            _ =>
                Line(
                    good.Replace("\"id\":", "\"id\":-", StringComparison.Ordinal).Replace(
                        "\"params\"", "\"id\":7,\"params\"", StringComparison.Ordinal)),
        };
    }

    private static byte[] Line(string text) => Encoding.UTF8.GetBytes(text + "\n");

    // Some value anywhere in the message becomes something else.
    private string WithOddValue(string message)
    {
        string odd = Odd[_random.Next(Odd.Length)];
        var values = new List<(int From, int To)>();
        for (int i = message.IndexOf(':', StringComparison.Ordinal); i >= 0 && i < message.Length; i = message.IndexOf(':', i + 1))
        {
            int end = message.IndexOfAny([',', '}', ']'], i);
            if (end > i && (message[i - 1] == '"')) values.Add((i + 1, end));
        }

        (int from, int to) = values[_random.Next(values.Count)];
        return message[..from] + odd + message[to..];
    }

    private byte[] Flipped(byte[] message)
    {
        for (int i = _random.Next(1, 8); i > 0; i--) message[_random.Next(message.Length)] = (byte)_random.Next(256);
        return [.. message, (byte)'\n'];
    }

    private string Nested(string good)
    {
        int depth = 1 << _random.Next(3, 17);
        return _random.Next(2) == 0
            ? new string('[', depth) + (_random.Next(2) == 0 ? new string(']', depth) : "")
            : good.Replace(
                    "\"jsonrpc\"", $"\"deep\":{string.Concat(Enumerable.Repeat("{\"a\":", Math.Min(depth, 20_000)))}"
                        + $"1{new string('}', Math.Min(depth, 20_000))},\"jsonrpc\"",
                    StringComparison.Ordinal);
    }
}
