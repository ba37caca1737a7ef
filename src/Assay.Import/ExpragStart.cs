using System.Text.Json;

namespace Assay.Import;

/// <summary>The value of a run's first line, from that of exprag.</summary>
internal static class ExpragStart
{
    private static readonly string[] Same = ["git", "host", "process"];

    /// <param name="json">Gets the value.</param>
    /// <param name="start">The start as exprag has it; null where it is lost.</param>
    /// <param name="receipt">What the run is known again by.</param>
    /// <param name="attempt">Its attempt here.</param>
    /// <param name="file">The file it is from.</param>
    public static void Write(JsonBuffer json, ExpragRecord? start, ImportReceipt receipt, int attempt, string file)
    {
        json.Raw("{\"attempt\":"u8).Integer(attempt);
        JsonProperty[] members = start is null ? [] : [.. start.Value.EnumerateObject()];
        bool first = false;
        ForeignJson.Members(json, members.Where(m => Same.Contains(JsonObjects.Name(m))), ref first);
        json.Raw(",\"metadata\":"u8);
        JsonElement? metadata = start is not null && ForeignJson.TryMember(start.Value, "metadata", out JsonElement own) ? own : null;
        receipt.Write(json, metadata, more =>
        {
            more.Raw(",\"file\":"u8).String(file);
            if (start?.Version is { } version) more.Raw(",\"exprag_version\":"u8).String(version);
            JsonProperty[] others = [.. members.Where(m => JsonObjects.Name(m) != "metadata" && !Same.Contains(JsonObjects.Name(m)))];
            if (others.Length == 0) return;
            bool none = true;
            more.Raw(",\"more\":{"u8);
            ForeignJson.Members(more, others, ref none);
            more.Raw((byte)'}');
        });
        json.Raw((byte)'}');
    }
}
