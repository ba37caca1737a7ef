using ModelContextProtocol.Protocol;

namespace Assay.Cli.Mcp;

/// <summary>A part of an artifact's content that one answer may hold: as text where it is text.</summary>
internal static class ArtifactContents
{
    /// <summary>In bytes of content.</summary>
    public const int LongestText = 40_000;

    /// <summary>In bytes of content; as base64 a third more.</summary>
    public const int LongestBlob = 60_000;

    /// <summary>The part as contents; where something is left, a second one says so and names the address of what follows.</summary>
    public static IList<ResourceContents> Of(ResourceAddress address, ArtifactContent artifact)
    {
        var part = ArtifactPart.Read(
            artifact.Content, address.Artifact!, artifact.Format, address.Offset, LongestText, LongestBlob);
        string uri = address.ToString();
        ResourceContents first = part.IsText
            ? new TextResourceContents { Uri = uri, MimeType = part.MediaType, Text = part.Text }
            : BlobResourceContents.FromBytes(part.Bytes, uri, part.MediaType);
        return part.Next is { } next ? [first, Left(address, next, part.Length)] : [first];
    }

    private static TextResourceContents Left(ResourceAddress address, long next, long length)
    {
        string follows = (address with { Offset = next }).ToString();
        return new TextResourceContents
        {
            Uri = follows,
            MimeType = "text/plain",
            Text = $"Cut: these are bytes {Words.Number(address.Offset)} to {Words.Number(next - 1)} of {Words.Number(length)}. "
                + $"What follows is the resource {follows}",
        };
    }
}
