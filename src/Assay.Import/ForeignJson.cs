using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Import;

/// <summary>Python's JSON in the form of journals: compact, with NaN and Infinity as texts. Numbers and texts keep every byte.</summary>
internal static partial class ForeignJson
{
    // A line of a journal has a smaller limit; what exceeds that is distinguished from what is no JSON.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(Token().Replace(Strict.GetString(json), Compact), Deep);
        }
        catch (DecoderFallbackException)
        {
            throw new JsonException("not valid UTF-8");
        }
    }

    /// <exception cref="JsonException">The file is no JSON.</exception>
    public static JsonElement Read(string path) => Parse(Bytes(path));

    /// <exception cref="JsonException">The file is no JSON object.</exception>
    public static JsonElement ReadObject(string path) =>
        Read(path) is { ValueKind: JsonValueKind.Object } json ? json : throw new JsonException("expected a JSON object");

    /// <summary>Opens a file that another program may be writing.</summary>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>The bytes of a file that another program may be writing.</summary>
    public static byte[] Bytes(string path)
    {
        using FileStream file = Open(path);
        var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>What is wrong, without the position, which is that in the compact text.</summary>
    public static string Reason(JsonException fault) => fault.Message.Split(" LineNumber:")[0].Split(" Path:")[0];

    /// <summary>The member of an object, also of one with half a surrogate pair in a name, which the framework refuses to search.</summary>
    public static bool TryMember(JsonElement json, string name, out JsonElement member)
    {
        member = default;
        if (json.ValueKind != JsonValueKind.Object) return false;
        try
        {
            return json.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            member = json.EnumerateObject().LastOrDefault(m => JsonObjects.Name(m) == name).Value;
            return member.ValueKind != JsonValueKind.Undefined;
        }
    }

    /// <summary>The member, if there is one and it is not null.</summary>
    public static JsonElement? Member(JsonElement? json, string name) =>
        TryMember(json ?? default, name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <inheritdoc cref="Member"/>
    public static string? Text(JsonElement? json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } member ? JsonObjects.Text(member) : null;

    public static byte[] Raw(JsonElement json) => Encoding.UTF8.GetBytes(json.GetRawText());

    private static string Compact(Match token) => token.Value[0] switch
    {
        '"' => token.Value,
        'N' or 'I' or '-' => $"\"{token.Value}\"",
        _ => "",
    };

    // A text that is not closed is left to the parser.
    [GeneratedRegex("""
        "(?>[^"\\]+|\\.)*"?|[ \t\r\n]+|NaN|-?Infinity
        """, RegexOptions.Singleline)]
    private static partial Regex Token();
}

/// <summary>Writes the members of a JSON object; <see cref="Dispose"/> closes it.</summary>
internal sealed class ObjectWriter(JsonBuffer json) : IDisposable
{
    private readonly JsonBuffer _json = json.Raw((byte)'{');
    private bool _any;

    /// <summary>Begins a member, whose value the caller writes next.</summary>
    public JsonBuffer Add(string name)
    {
        if (_any) _json.Raw((byte)',');
        _any = true;
        return _json.Key(name);
    }

    public ObjectWriter Object(string name) => new(Add(name));

    /// <summary>Writes a member, unless its value is null.</summary>
    public ObjectWriter Text(string name, string? value)
    {
        if (value is not null) Add(name).String(value);
        return this;
    }

    /// <inheritdoc cref="Text"/>
    public ObjectWriter Value(string name, JsonElement? value)
    {
        if (value is { } json) Add(name).Raw(ForeignJson.Raw(json));
        return this;
    }

    /// <summary>Writes members with their names and values as they are.</summary>
    public ObjectWriter All(IEnumerable<JsonProperty> members)
    {
        foreach (JsonProperty member in members) Add(JsonObjects.Name(member)).Raw(ForeignJson.Raw(member.Value));
        return this;
    }

    public ObjectWriter List<T>(string name, IEnumerable<T> items, Action<JsonBuffer, T> write)
    {
        Add(name).Raw((byte)'[');
        foreach ((int i, T item) in items.Index())
        {
            if (i > 0) _json.Raw((byte)',');
            write(_json, item);
        }

        _json.Raw((byte)']');
        return this;
    }

    public void Dispose() => _json.Raw((byte)'}');
}
