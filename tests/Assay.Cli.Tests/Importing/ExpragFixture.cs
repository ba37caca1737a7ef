using System.Globalization;

namespace Assay.Cli.Tests.Importing;

/// <summary>
/// A folder as exprag writes it, made by hand: a file for each run, keys in the order of the alphabet, times in nanoseconds.
/// </summary>
internal sealed class ExpragFixture : IDisposable
{
    public const string Id = "1b4e28ba-2fa1-41d2-883f-0016d3cca427";
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, int> _lines = [];

    public ExpragFixture() => Directory.CreateDirectory(System.IO.Path.Combine(Root, "runs"));

    public string Root => _folder.File(".exprag");

    private const string Metadata = ",\"metadata\":{\"hparams\":{\"batch_size\":32,\"learning_rate\":0.03}}";

    public string Store => _folder.File("store");

    /// <summary>The id of a run with a number.</summary>
    public static string Uuid(int number) => $"{number:x8}-2fa1-41d2-883f-0016d3cca427";

    public string Path(string id) => System.IO.Path.Combine(Root, "runs", id + ".jsonl");

    public ExpragFixture Begin(string id = Id, string name = "demo", string metadata = Metadata) => Line(
        id, "run_start",
        $$"""
            {"git":{"branch":"run/{{id}}","commit":"0123456789abcdef0123456789abcdef01234567","dirty":true},"host":{"arch":"x86_64",
            "cpu_count":8,"hostname":"box","os":"linux","username":"ada"}{{metadata}},"process":{"argv":["python","train.py","größe"],
            "cwd":"/home/ada","pid":7,"ppid":null} }
            """.OneLine(),
        name);

    public ExpragFixture Track(
        string value, string? note = null, string id = Id, string name = "demo") => Line(id, "track", value, name, note);

    public ExpragFixture Line(string id, string kind, string value, string name = "demo", string? note = null)
    {
        int number = _lines[id] = _lines.GetValueOrDefault(id) + 1;
        string time = Start.AddMilliseconds(100 * (number - 1)).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture)
            + "89+00:00";
        string noted = note is null ? "" : $"\"note\":\"{note}\",";
        return Raw($$"""
            {"created_at":"{{time}}","elapsed_ms":{{100 * (number - 1)}},"experiment_name":"{{name}}","exprag_version":"0.1.2",
            "kind":"{{kind}}",{{noted}}"run_id":"{{id}}","schema_version":1,"value":{{value}}}
            """.OneLine() + "\n", id);
    }

    public ExpragFixture Raw(string text, string id = Id)
    {
        System.IO.File.AppendAllText(Path(id), text);
        return this;
    }

    public ToolResult Import(params string[] options) => Tool.Run(
        ["import", "exprag", Root, "--store", Store, .. options]).Without(Store).Replacing(Root, "SOURCE");

    public Results Load() => Assay.Store.Open(Store).LoadAll();

    public string SourceSnapshot() => Files(Root);

    public string StoreSnapshot() => Files(System.IO.Path.Combine(Store, "runs"));

    public void Dispose() => _folder.Dispose();

    internal static string Files(string folder) => string.Join(
        '\n', Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(
            f => $"{f} {(Directory.Exists(f) ? "" : StoreFixture.Hash(System.IO.File.ReadAllText(f)))} "
                + $"{File.GetLastWriteTimeUtc(f).Ticks}"));
}
