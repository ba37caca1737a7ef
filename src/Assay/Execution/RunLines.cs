namespace Assay;

/// <summary>The values of <c>run_start</c> lines.</summary>
internal static class RunLines
{
    /// <summary>What is the same for all runs of a session: tags, metadata, git.</summary>
    public static byte[] Tail(Plan plan, CodeRecord code)
    {
        var tail = new JsonBuffer();
        if (plan.Tags.Count > 0)
        {
            tail.Raw(",\"tags\":"u8);
            tail.Strings(plan.Tags);
        }

        if (plan.Metadata.Count > 0)
        {
            tail.Raw(",\"metadata\":"u8);
            JsonValues.Plain(tail, plan.Metadata.ToDictionary(m => m.Name, m => m.Value));
        }

        tail.Raw(",\"git\":"u8);
        code.WriteShort(tail);
        return tail.Raw((byte)'}').ToArray();
    }

    public static void WriteStart(JsonBuffer line, RunSession session, PlannedRun run, int attempt, RunWorkspace workspace, ReadOnlySpan<byte> tail)
    {
        Plan plan = session.Plan;
        session.Lines.Open(line, run.Id, "run_start"u8);
        line.Raw("{\"index\":"u8).Integer(run.Index).Raw(",\"attempt\":"u8).Integer(attempt).Raw(",\"version\":"u8).String(plan.Version);
        line.Raw(",\"params\":"u8);
        plan.WriteParams(run, workspace, line);
        line.Raw(",\"seed\":{\"base\":"u8).Integer(run.Seed.Base).Raw(",\"replicate\":"u8).Integer(run.Seed.Replicate);
        if (run.Seed.Point is { } point) line.Raw(",\"point\":"u8).String(point);
        line.Raw((byte)'}');
        IReadOnlyList<KeyValuePair<string, object?>> labels = plan.Labels(run);
        if (labels.Count > 0)
        {
            line.Raw(",\"labels\":"u8);
            JsonValues.Plain(line, new OrderedDictionary<string, object?>(labels, StringComparer.Ordinal));
        }

        line.Raw(",\"fingerprints\":{\"params\":\""u8).Hex(run.ParamsFingerprint)
            .Raw("\",\"context\":\""u8).Raw(plan.Identity.ContextBytes).Raw("\",\"code\":\""u8).Raw(plan.Identity.CodeBytes).Raw("\"}"u8);
        line.Raw(tail);
        JournalLines.Close(line, session.Clock.GetUtcNow(), TimeSpan.Zero);
    }
}
