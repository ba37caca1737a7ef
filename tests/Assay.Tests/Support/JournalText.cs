using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Tests;

/// <summary>The journals of a store as the JSON that stands in them, read without any code under test.</summary>
internal static class JournalText
{
    public static string[] Files(string store) =>
        [.. Directory.GetFiles(Path.Combine(store, "runs"), "*.jsonl").Order(StringComparer.Ordinal)];

    /// <summary>The only journal of a store.</summary>
    public static string Only(string store) => Assert.Single(Files(store));

    /// <summary>Every whole line of every journal.</summary>
    public static IEnumerable<JsonElement> Lines(string store) => Files(store).SelectMany(LinesOf);

    public static IEnumerable<JsonElement> LinesOf(string journal)
    {
        string text = ReadShared(journal);
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    /// <summary>A line as one who edits it would write it, without the checksum of what it was.</summary>
    public static string Edited(string line) => Regex.Replace(line, ",\"crc32c\":\"[0-9a-f]{8}\"", "");

    public static string Kind(this JsonElement line) => line.GetProperty("kind").GetString()!;

    public static string RunId(this JsonElement line) => line.GetProperty("run_id").GetString()!;

    public static string Status(this JsonElement line) => line.GetProperty("value").GetProperty("status").GetString()!;

    private static string ReadShared(string journal)
    {
        using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
