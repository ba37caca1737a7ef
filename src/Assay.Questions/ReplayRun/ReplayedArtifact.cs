using System.Security.Cryptography;

namespace Assay.Questions;

/// <summary>
/// An artifact or data of a run and of its replay, by the SHA-256 of the content. Artifacts are listed beside the values and do not count
/// for the agreement: a file may contain times, paths or random numbers although the runs agree.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Agrees">Whether both have it, with the same content.</param>
/// <param name="Then">The SHA-256 in the recorded run, of a folder that of its list of files; null when it has none of the name.</param>
/// <param name="Now">The SHA-256 in the replay; null when it has none of the name.</param>
/// <param name="ThenBytes">Its length in the recorded run.</param>
/// <param name="NowBytes">Its length in the replay.</param>
internal sealed record ReplayedArtifact(string Name, bool Agrees, string? Then, string? Now, long? ThenBytes, long? NowBytes)
{
    /// <summary>All of both runs, by name, those of the recorded one first; of several of a name the last.</summary>
    public static IReadOnlyList<ReplayedArtifact> Of(RunRecord then, RunRecord now)
    {
        Dictionary<string, ArtifactInfo> before = ByName(then), after = ByName(now);
        IEnumerable<string> names = before.Keys.Union(after.Keys);
        return [.. names.Select(name => Of(name, then, before.GetValueOrDefault(name), now, after.GetValueOrDefault(name)))];
    }

    private static ReplayedArtifact Of(string name, RunRecord then, ArtifactInfo? before, RunRecord now, ArtifactInfo? after)
    {
        string? old = Address(then, before), made = Address(now, after);
        return new ReplayedArtifact(name, old is not null && old == made, old, made, before?.Size, after?.Size);
    }

    private static Dictionary<string, ArtifactInfo> ByName(RunRecord run) =>
        run.Artifacts.ToDictionary(a => a.Name, StringComparer.Ordinal);

    // Short data stand in the journal itself.
    private static string? Address(RunRecord run, ArtifactInfo? artifact)
    {
        if (artifact is null || artifact.Sha256.Length > 0) return artifact?.Sha256;
        using Stream content = run.OpenArtifact(artifact.Name);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
