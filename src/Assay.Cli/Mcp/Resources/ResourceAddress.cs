using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Assay.Cli.Mcp;

/// <summary>What a resource address names: the store, a run, or an artifact of a run from some byte on.</summary>
internal sealed record ResourceAddress(string? Run, string? Artifact = null, string? File = null, long Offset = 0)
{
    public const string Store = "assay://store";
    public const string RunTemplate = "assay://runs/{id}";
    public const string ArtifactTemplate = "assay://runs/{id}/artifacts/{name}{?file,offset}";

    private const string Runs = "assay://runs/";
    private const string Artifacts = "/artifacts/";

    /// <exception cref="AssayException">It is none.</exception>
    public static ResourceAddress Parse(string uri) =>
        uri == Store ? new ResourceAddress(Run: null) : TryRun(uri, out ResourceAddress? found)
        ? found
        : throw new AssayException($"there is no resource '{Words.Cut(uri, 200)}'; expected {Store}, "
            + $"{RunTemplate} or {ArtifactTemplate}, with names escaped as in URLs.");

    /// <summary>As a client asks for it.</summary>
    public override string ToString()
    {
        if (Run is null) return Store;
        if (Artifact is null) return Runs + Run;
        string?[] query = [
            File is null ? null : "file=" + Uri.EscapeDataString(File),
            Offset == 0 ? null : "offset=" + Offset.ToString(CultureInfo.InvariantCulture)];
        string asked = string.Join('&', query.Where(q => q is not null));
        return $"{Runs}{Run}{Artifacts}{Uri.EscapeDataString(Artifact)}{(asked.Length > 0 ? "?" + asked : "")}";
    }

    private static bool TryRun(string uri, [NotNullWhen(true)] out ResourceAddress? address)
    {
        address = null;
        if (!uri.StartsWith(Runs, StringComparison.Ordinal)) return false;
        string[] asked = uri[Runs.Length..].Split('?', 2);
        string[] parts = asked[0].Split(Artifacts, 2);
        string run = Uri.UnescapeDataString(parts[0]);
        if (run.Length == 0 || run.Contains('/') || parts.Any(p => p.Length == 0)) return false;
        var found = new ResourceAddress(run, parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null);
        foreach (string[] pair in asked.Length < 2 ? [] : asked[1].Split('&').Select(p => p.Split('=', 2)))
        {
            if (found.Artifact is null || pair.Length != 2) return false;
            if (pair[0] == "file") found = found with { File = Uri.UnescapeDataString(pair[1]) };
            else if (pair[0] == "offset" && long.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
                found = found with { Offset = offset };
            else return false;
        }

        address = found;
        return true;
    }
}
