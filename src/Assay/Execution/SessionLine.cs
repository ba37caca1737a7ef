using System.Text.Json;

namespace Assay;

/// <summary>The <c>session_start</c> line: what is common to all runs of a writer. It has the id of the session's first run: readers that know no sessions would take another id for one more run.</summary>
internal static class SessionLine
{
    public static JsonBuffer Write(StorageBackend storage, Plan plan, UInt128 firstRun, RunOptions options, CodeRecord code, DateTimeOffset startedAt)
    {
        var line = new JsonBuffer();
        new JournalLines(plan.Name).Open(line, firstRun, "session_start"u8);
        line.Raw("{\"version\":"u8).String(plan.Version).Raw(",\"description\":"u8).String(plan.Description);
        ProcessFacts.Write(line, code, storage.RealAddress);
        line.Raw(",\"fingerprints\":{\"context\":\""u8).Raw(plan.Identity.ContextBytes).Raw("\",\"code\":\""u8).Raw(plan.Identity.CodeBytes).Raw("\"}"u8);
        line.Raw(",\"code\":{\"mode\":"u8).String(plan.Code.Mode.ToString().ToLowerInvariant()).Raw(",\"fingerprint\":"u8).String(plan.Code.Value).Raw(",\"members\":"u8);
        JsonSerializer.Serialize(new Utf8JsonWriter(line), plan.Code.Members, DataForm.Options);
        line.Raw(",\"captured\":"u8);
        line.Strings(plan.Code.Captured);
        line.Raw("},\"context\":"u8);
        if (plan.ContextJson is null) line.Null();
        else line.Raw(plan.ContextJson);
        line.Raw(",\"plan\":{\"runs\":"u8).Integer(plan.Count).Raw(",\"points\":"u8).Integer(plan.PointCount)
            .Raw(",\"replicates\":"u8).Integer(plan.Seeds.Replicates).Raw(",\"seed\":"u8).Integer(plan.Seeds.Base)
            .Raw(",\"mix_point\":"u8).Boolean(plan.Seeds.MixPoint).Raw(",\"space\":"u8);
        JsonSerializer.Serialize(new Utf8JsonWriter(line), plan.SpaceDescription, SnakeCase);
        line.Raw("},\"options\":{\"parallel\":"u8).Integer(options.Workers).Raw(",\"resume\":"u8).String(options.Resume.ToString().ToLowerInvariant()).Raw("}}"u8);
        JournalLines.Close(line, startedAt, TimeSpan.Zero);
        return line;
    }

    private static readonly JsonSerializerOptions SnakeCase = new(DataForm.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
