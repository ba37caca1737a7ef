using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>The one place that knows where things stand in a store.</summary>
internal sealed record StoreLayout(string Root)
{
    /// <summary>What the names of journals end with while they are imported; no reader takes such a file for a journal.</summary>
    public const string Importing = ".importing";

    public string Description => Path.Combine(Root, "store.json");

    public string Journals => Path.Combine(Root, "runs");

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Artifacts being written.</summary>
    public string Incoming => Path.Combine(Artifacts, "incoming");

    /// <summary>Who is writing just now; disposable when nobody is.</summary>
    public string Locks => Path.Combine(Root, "locks");

    /// <summary>Derived and disposable.</summary>
    public string Index => Path.Combine(Root, "index");

    /// <summary>The runs of the journals as columns.</summary>
    public string RunIndex => Path.Combine(Index, "runs");

    public string FileHashes => Path.Combine(Index, "file-hashes.jsonl");

    public string Journal(string writer) => Path.Combine(Journals, writer + ".jsonl");

    public string Artifact(string sha256) => Path.Combine(Artifacts, sha256[..2], sha256[2..]);

    public string WriterLock(string writer) => Path.Combine(Locks, writer);

    public string PlanLock(string experiment, string version) =>
        Path.Combine(Locks, "plan-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{experiment}\n{version}")))[..16]);

    /// <summary>What stands at the top of a store.</summary>
    public static IReadOnlyList<string> Entries { get; } = ["store.json", "runs", "artifacts", "locks", "index"];

    /// <summary>Journals in ordinal order of their names, which start with the time of their session.</summary>
    public IReadOnlyList<string> AllJournals() => Directory.Exists(Journals)
        ? [.. Directory.EnumerateFiles(Journals, "*.jsonl").Order(StringComparer.Ordinal)]
        : [];

    public static string WriterOf(string journal) => Path.GetFileNameWithoutExtension(journal);
}
