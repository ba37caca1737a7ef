namespace Assay;

/// <summary>The <c>run_start</c> line of a lone run: it also tells what a session's line tells of an experiment's runs.</summary>
internal static class TrackLines
{
    public static void WriteStart(JsonBuffer line, TrackedSession session, byte[]? parameters, byte[]? metadata, IReadOnlyList<string> tags, CodeRecord code)
    {
        session.Lines.Open(line, session.RunId, "run_start"u8);
        line.Raw("{\"attempt\":1"u8);
        if (parameters is not null) line.Raw(",\"params\":"u8).Raw(parameters);
        if (metadata is not null) line.Raw(",\"metadata\":"u8).Raw(metadata);
        if (tags.Count > 0)
        {
            line.Raw(",\"tags\":"u8);
            line.Strings(tags);
        }

        ProcessFacts.Write(line, code, session.Store);
        line.Raw((byte)'}');
        JournalLines.Close(line, session.Clock.GetUtcNow(), TimeSpan.Zero);
    }
}
