using System.Security.Cryptography;
using System.Text;

namespace Assay;

/// <summary>The one place that knows where things stand in a store.</summary>
internal sealed record StoreLayout(string Root)
{
    /// <summary>What the names of journals end with while they are imported; no reader takes such a file for a journal.</summary>
    public const string Importing = ".importing";

    /// <summary>Where the store really stands, whatever links lead there: what journals say of it, so that a copy knows itself for one.</summary>
    public string RealRoot => RealPath.Of(Root);

    public string Description => Path.Combine(Root, "store.json");

    public string Journals => Path.Combine(Root, "runs");

    /// <summary>What was said of runs after they were recorded.</summary>
    public string Annotations => Path.Combine(Root, "annotations");

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

    /// <summary>Held by the one who restores removed runs or frees what they hold.</summary>
    public string CleaningLock => Path.Combine(Locks, "cleaning");

    /// <summary>Whether a lock is no writer's: one of a plan, or that of cleaning. Their files stay, because the next one takes the lock of that name again.</summary>
    public static bool IsSharedLock(string name) => Path.GetFileName(name) is var file && (file.StartsWith("plan-", StringComparison.Ordinal) || file.StartsWith("cleaning", StringComparison.Ordinal));

    public string PlanLock(string experiment, string version) =>
        Path.Combine(Locks, "plan-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{experiment}\n{version}")))[..16]);

    /// <summary>What stands at the top of a store.</summary>
    public static IReadOnlyList<string> Entries { get; } = ["store.json", "runs", "annotations", "artifacts", "locks", "index"];

    /// <summary>Journals in ordinal order of their names, which start with the time of their session.</summary>
    public IReadOnlyList<string> AllJournals() => [.. Named(Journals).Where(f => !SpecialFile.Is(f))];

    /// <summary>Journals of annotations in ordinal order of their names; none where nobody has said anything.</summary>
    public IReadOnlyList<string> AllAnnotations() => [.. Named(Annotations).Where(f => !SpecialFile.Is(f))];

    /// <summary>What is named like a journal and is none: reading it would wait for ever, or never end.</summary>
    public IReadOnlyList<string> SpecialFiles() => [.. Named(Journals).Concat(Named(Annotations)).Where(SpecialFile.Is)];

    public static string WriterOf(string journal) => Path.GetFileNameWithoutExtension(journal);

    private static IEnumerable<string> Named(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal) : [];
}
