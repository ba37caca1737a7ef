using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spectre.Console.Rendering;

namespace Assay.Cli.Tests.Commands;

/// <summary>What a person sees on terminals of several widths, of stores that are hard to show.</summary>
public sealed class TerminalTests(TerminalTests.LargeStore large) : IClassFixture<TerminalTests.LargeStore>
{
    private static readonly DateTimeOffset Now = StoreFixture.Start.AddHours(5);

    public static TheoryData<string, int> Screens
    {
        get
        {
            var screens = new TheoryData<string, int>();
            foreach (string store in (string[])["sweep", "prompts", "wide", "large"])
                foreach (int width in (int[])[80, 100, 200]) screens.Add(store, width);
            return screens;
        }
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public void No_line_is_wrapped(string name, int width)
    {
        using StoreFixture? made = name == "large" ? null : Make(name);
        StoreFixture store = made ?? large.Store;
        var screen = new System.Text.StringBuilder();
        DateTimeOffset now = made is null ? Now.AddSeconds(2 * LargeStore.Runs) : Now;
        foreach (string command in (string[])
            [
                "ls", "best loss --min", "best loss --min --by params", "stats", "compare latest latest~1 latest~2", "show latest",
            ])
        {
            screen.Append("$ assay ").AppendLine(command).AppendLine(Shown(store, now, width, command.Split(' ')));
        }

        Assert.All(screen.ToString().Split('\n'), line => Assert.True(new Segment(line).CellCount() <= width, $"{width}: {line}"));
        Approved.Matches($"terminal-{name}-{width}", screen.ToString());
    }

    [Fact]
    public void Statuses_are_marked_and_times_relative_on_a_terminal_and_plain_and_absolute_elsewhere()
    {
        using StoreFixture store = Make("sweep");
        string drawn = Screen(store, Now, 100, ["ls", "--all"]);
        Assert.Contains("✗ failed", drawn, StringComparison.Ordinal);
        Assert.Contains("4 h ago", drawn, StringComparison.Ordinal);
        string plain = store.Run("ls", "--all").Out;
        Assert.DoesNotContain('✗', plain);
        Assert.Contains("failed", plain, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 03:04:06", plain, StringComparison.Ordinal);
    }

    private static StoreFixture Make(string name)
    {
        var store = new StoreFixture();
        JournalFixture journal = store.Journal("a", name).Session(commit: new string('a', 40));
        for (int run = 1; run <= 6; run++)
        {
            journal.Begin(run, name switch
            {
                "sweep" => $$"""
                    {"learning_rate":{{Number(0.001 * run)}},"hidden":{{8 * run}},"batch":32,"optimizer":"adam","layers":3,
                    "warmup":true}
                    """.OneLine(),
                "prompts" => $$"""{"prompt":{{Text(run)}},"model":"model-{{run % 2}}"}""",
                _ => "{" + string.Join(",", Enumerable.Range(0, 40).Select(i => $"\"parameter_{i}\":{(i % 7 == 0 ? run : i)}")) + "}",
            }, replicate: run % 2, commit: new string('a', 40), dirty: run > 3)
                .Line(run, "series", """{"name":"curve","steps":[0,1,2],"values":[1.5,0.5,0.25],"time_ms":[0,1,2]}""");
            if (run == 1 && name == "sweep")
                journal.End(run, "failed", "{}", error: """
                    {"kind":"exception","type":"System.InvalidOperationException","message":"diverged after the first step","stack":null}
                    """.OneLine());
            else journal.End(run, metrics: $$"""{"loss":{{Number(1.0 / run)}},"accuracy":0.95}""", ms: 100 * run);
        }

        return store;
    }

    /// <summary>A hundred thousand runs: twenty points, five thousand replicates, of which one in a thousand fails. Made once.</summary>
    public sealed class LargeStore : IDisposable
    {
        public const int Runs = 100_000;

        private const int Points = 20;
        private readonly Lazy<StoreFixture> _store = new(Make);

        internal StoreFixture Store => _store.Value;

        public void Dispose()
        {
            if (_store.IsValueCreated) Store.Dispose();
        }

        private static StoreFixture Make()
        {
            var store = new StoreFixture();
            store.Journal("a", "large").Session(commit: new string('a', 40)).Together(journal =>
            {
                for (int run = 1; run <= Runs; run++) Add(journal, run, point: run % Points, replicate: run / Points);
            });
            return store;
        }

        private static void Add(JournalFixture journal, int run, int point, int replicate)
        {
            string rate = ((string[])["0.1", "0.01", "0.001", "0.0001", "0.00001"])[point % 5];
            journal.Begin(run, $$"""{"learning_rate":{{rate}},"hidden":{{8 << (point / 5)}},"batch":32}""", replicate);
            if (run % 1001 == 7)
                journal.End(run, "failed", "{}", error: """{"kind":"timeout","type":"","message":"more than 10 min","stack":null}""");
            else
                journal.End(run, metrics: $$"""
                    {"loss":{{Number((1 + point * 37 % 11) / 10.0 + replicate * 7919 % 5000 / 1e5)}},"epochs":10}
                    """.OneLine(), ms: 100 + run % 900);
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Four kilobytes; what steers a terminal; wide characters; what stands beside them must stay aligned.
    private static string Text(int run) => JsonSerializer.Serialize(run switch
    {
        1 or 2 => string.Join(' ', Enumerable.Repeat($"Write story {run} about a lighthouse.", 130)),
        3 => "red \u001b[31mtext\u001b[0m\nand a second line",
        4 => "実験の結果を説明してください",
        5 => "🙂 explain 👍",
        _ => "short",
    });

    private static string Shown(StoreFixture store, DateTimeOffset now, int width, string[] arguments) =>
        Regex.Replace(Screen(store, now, width, arguments), "\u001b\\[[^m]*m", "");

    private static string Screen(StoreFixture store, DateTimeOffset now, int width, string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var console = new ToolConsole(output, error, new StoppedClock(now)) { IsTerminal = true, Width = width };
        Assert.Equal(0, AssayTool.Run([.. arguments, "--store", store.Path], console));
        return output.ToString().Replace(store.Path, "STORE", StringComparison.Ordinal);
    }
}
