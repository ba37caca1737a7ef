using System.Text.Json;

namespace Assay.Questions;

/// <summary>Gives the content of an artifact in parts; the command <c>get</c> writes it whole.</summary>
internal sealed class ReadArtifactQuestion : Question<ArtifactPage>
{
    // What JSON numbers hold exactly everywhere.
    private const long LargestOffset = (1L << 53) - 1;

    // They come from the caller; a long one must not take the room of the content.
    private const int LongestName = 200;

    private static readonly TextParameter Name = new("name", "The artifact or data, by a name that get_run lists")
    { IsRequired = true, Longest = 4096 };

    private static readonly TextParameter File = new("file", "A file of a directory, whose own content is the list of its files");

    private static readonly NumberParameter Offset = new(
        "offset", "The number of bytes before the part that is asked for: the next_offset of an earlier answer", 0, LargestOffset, 0);

    public override ToolText Tool => new("get_artifact", "Content of an artifact",
        "Gives what a run stored as an artifact or as data: text, or else base64, compared with its hash. Long content comes in parts, and "
            + "next_offset says where the next one begins. The command writes whole files.")
    { Command = "get" };

    public override IReadOnlyList<Parameter> Parameters => [RunParameters.Run, Name, File, Offset];

    public override Answer Ask(QuestionCall call)
    {
        (string name, string? file, long offset) = (Name.Of(call)!, File.Of(call), Offset.Of(call)!.Value);
        (Results all, RunRecord run) = call.FindRun();
        ArtifactInfo artifact = run.FindArtifact(name);
        using var content = ArtifactContent.Open(call.Store, run, name, file);
        ArtifactPart part = Part(content, name, offset);
        var page = new ArtifactPage(
            call.Store.Path, run.Id, Words.Cut(name, LongestName), file is null ? null : Words.Cut(file, LongestName), artifact.Kind,
            part.MediaType, part.Length, part.Offset, part.Bytes.Length,
            part.IsText ? part.Text : null, part.IsText ? null : Convert.ToBase64String(part.Bytes.Span), part.Next);
        return new Answer(page) { Runs = all, Remarks = [.. Remarks(part)] };
    }

    private static IEnumerable<string> Remarks(ArtifactPart part)
    {
        if (part.Next is { } next)
            yield return $"{Words.Number(part.Bytes.Length)} of {Words.Count(part.Length, "byte")}: call again with offset {next} for what "
                + "follows; 'assay get' at a shell writes all.";
    }

    // Shorter until its JSON is short enough, which escapes control characters and quotation marks.
    private static ArtifactPart Part(ArtifactContent content, string name, long offset)
    {
        int longest = ArtifactPage.LongestText;
        while (true)
        {
            var part = ArtifactPart.Read(content.Content, name, content.Format, offset, longest, ArtifactPage.LongestBlob);
            int size = part.IsText ? JsonEncodedText.Encode(part.Bytes.Span, JsonText.Encoder).EncodedUtf8Bytes.Length : 0;
            if (size <= ArtifactPage.LongestText) return part;
            longest = (int)((long)longest * ArtifactPage.LongestText / size) - 1;
        }
    }
}

/// <summary>A part of an artifact: as text, or as base64 of what is none.</summary>
internal sealed record ArtifactPage(
    string Store, string RunId, string Name, string? File, string Kind, string MediaType, long Size, long Offset, int Shown, string? Text,
    string? Base64, long? NextOffset) : Report
{
    /// <summary>In bytes of JSON.</summary>
    public const int LongestText = 30_000;

    /// <summary>In bytes of content; as base64 a third more.</summary>
    public const int LongestBlob = 24_000;
}
