using System.Buffers;
using System.Text.Json;

namespace Assay.Import;

/// <summary>
/// JSON of Python programs in the form our journals have: without the space between tokens, and with the bare words NaN, Infinity and -Infinity, which Python writes and JSON does not know,
/// as texts. Numbers and texts keep every byte.
/// </summary>
internal static class ForeignJson
{
    private static readonly SearchValues<byte> MustLookAt = SearchValues.Create("\" \t\r\nNI-"u8);

    // What a line of a journal cannot hold is told apart from what is no JSON.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json)) throw new JsonException("not valid UTF-8");
        return JsonDocument.Parse(Compact(json), Deep);
    }

    /// <exception cref="JsonException">The file is no JSON.</exception>
    public static JsonDocument Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JsonException($"cannot be read: {fault.Message}", fault);
        }
    }

    private static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var compact = new JsonBuffer();
        while (!json.IsEmpty)
        {
            int length = json[0] == (byte)'"' ? TextLength(json) : json.IndexOfAny(MustLookAt) switch
            {
                < 0 => json.Length,
                0 => 0,
                var plain => plain,
            };
            if (length > 0) compact.Raw(json[..length]);
            else length = Special(compact, json);
            json = json[length..];
        }

        return compact.ToArray();
    }

    private static int Special(JsonBuffer compact, ReadOnlySpan<byte> json)
    {
        foreach (string word in (ReadOnlySpan<string>)["NaN", "Infinity", "-Infinity"])
        {
            if (!json.StartsWith(System.Text.Encoding.ASCII.GetBytes(word))) continue;
            compact.String(word);
            return word.Length;
        }

        if (json[0] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) compact.Raw(json[0]);
        return 1;
    }

    // With its quotes; to the end where it is not closed, which the parser then says.
    private static int TextLength(ReadOnlySpan<byte> json)
    {
        for (int i = 1; i < json.Length; i++)
        {
            if (json[i] == (byte)'\\') i++;
            else if (json[i] == (byte)'"') return i + 1;
        }

        return json.Length;
    }

    /// <summary>What is wrong, without the place in the text, which is that of the text without its white space.</summary>
    public static string Reason(JsonException fault) => fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0];

    /// <summary>The member of an object, also of one with a name that holds half a surrogate pair, in which the framework refuses to look.</summary>
    public static bool TryMember(JsonElement json, string name, out JsonElement member)
    {
        try
        {
            return json.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException) when (json.ValueKind == JsonValueKind.Object)
        {
            member = json.EnumerateObject().LastOrDefault(m => JsonObjects.Name(m) == name).Value;
            return member.ValueKind != JsonValueKind.Undefined;
        }
    }

    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && TryMember(json, name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? JsonObjects.Text(member) : null;

    /// <summary>The member, if there is one and it is not null.</summary>
    public static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && TryMember(json, name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public static byte[] Raw(JsonElement json) => System.Text.Encoding.UTF8.GetBytes(json.GetRawText());

    /// <summary>Members with their names and values as they are, each with a comma before it but for the first.</summary>
    public static void Members(JsonBuffer target, IEnumerable<JsonProperty> members, ref bool first)
    {
        foreach (JsonProperty member in members)
        {
            if (!first) target.Raw((byte)',');
            first = false;
            target.Key(JsonObjects.Name(member)).Raw(Raw(member.Value));
        }
    }
}
