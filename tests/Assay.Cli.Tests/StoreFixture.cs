using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Cli.Tests;

/// <summary>A store written by hand in a temporary folder: every id, time and byte is fixed.</summary>
internal sealed class StoreFixture : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public StoreFixture(int format = 1)
    {
        Directory.CreateDirectory(File("runs"));
        System.IO.File.WriteAllText(
            File("store.json"), $"{{\"format\":{format},\"created_by\":\"assay 0.1.0\",\"created_at\":\"2026-01-02T03:04:05+00:00\"}}\n");
    }

    /// <summary>The folder around the store.</summary>
    public string Root => _folder.Path;

    public string Path => _folder.File("store");

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public JournalFixture Journal(string name, string experiment = "iris", string version = "1") =>
        new(File("runs", name + ".jsonl"), experiment, version);

    /// <summary>The id with this number: 32 digits that only hashing could repeat.</summary>
    public static string Id(int number) => Hash($"run {number.ToString(CultureInfo.InvariantCulture)}")[..32];

    public static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    /// <summary>Puts a blob under its address.</summary>
    public string Blob(string content)
    {
        string path = BlobPath(content);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return Hash(content);
    }

    public string BlobPath(string content) => File("artifacts", Hash(content)[..2], Hash(content)[2..]);

    public ToolResult Run(params string[] arguments) => Tool.Run([.. arguments, "--store", Path]).Without(Path);

    /// <summary>As <see cref="Run"/>, for a user who has a folder for caches.</summary>
    public ToolResult RunWithCache(params string[] arguments) =>
        Tool.Run(terminal: false, _folder.File("cache"), [.. arguments, "--store", Path]).Without(Path);

    /// <summary>As <see cref="RunWithCache"/>, at a time of one's choice.</summary>
    public ToolResult RunAt(DateTimeOffset now, params string[] arguments) =>
        Tool.Run(new StoppedClock(now), _folder.File("cache"), [.. arguments, "--store", Path], folder: Root).Without(Path);

    /// <summary>As <see cref="RunAt"/>, at a terminal where somebody answers the question.</summary>
    public ToolResult RunAsked(Func<string, bool> answer, params string[] arguments) =>
        Tool.Run(
            new StoppedClock(Start.AddDays(30)), _folder.File("cache"), [.. arguments, "--store", Path], confirm: answer).Without(Path);

    /// <summary>Every file with its content, to show that nothing was changed.</summary>
    public string Snapshot() =>
        string.Join('\n', Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(f)))}"));

    public void Dispose() => _folder.Dispose();
}
