using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Mcp;

/// <summary>Checks JSON against a schema, as far as the schemas of the server go; what is not known here fails.</summary>
internal static class JsonSchema
{
    private static readonly HashSet<string> Known =
        [
            "type", "properties", "required", "additionalProperties", "items", "enum", "minimum", "maximum", "minLength", "maxLength",
            "minItems", "maxItems", "default", "description", "format"];

    public static void Check(JsonNode? json, JsonElement schema, string path)
    {
        if (schema.ValueKind == JsonValueKind.True) return;
        Assert.All(
            schema.EnumerateObject(),
            keyword => Assert.True(Known.Contains(keyword.Name), $"{path}: the schema has '{keyword.Name}', which is not checked."));
        Assert.True(
            Fault(json, schema) is null,
            $"{path}: {Fault(json, schema)}, and not {json?.ToJsonString()[..Math.Min(200, json.ToJsonString().Length)] ?? "null"}");
        if (json is JsonObject named) CheckMembers(named, schema, path);
        if (json is JsonArray list && schema.TryGetProperty("items", out JsonElement items))
        {
            foreach ((int i, JsonNode? element) in list.Index()) Check(element, items, $"{path}[{i}]");
        }
    }

    private static void CheckMembers(JsonObject named, JsonElement schema, string path)
    {
        JsonElement properties = schema.TryGetProperty("properties", out JsonElement p) ? p : default;
        if (schema.TryGetProperty("required", out JsonElement required)) Assert.All(
            required.EnumerateArray(), name => Assert.True(named.ContainsKey(name.GetString()!), $"{path} lacks '{name}'."));
        foreach ((string name, JsonNode? value) in named)
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(
                name, out JsonElement member)) Check(value, member, $"{path}.{name}");
            else if (!schema.TryGetProperty("additionalProperties", out JsonElement other)) Assert.False(
                properties.ValueKind == JsonValueKind.Object, $"{path}.{name} is not in the schema.");
            else if (other.ValueKind == JsonValueKind.False) Assert.Fail($"{path}.{name} is not allowed.");
            else Check(value, other, $"{path}.{name}");
        }
    }

    private static string? Fault(JsonNode? json, JsonElement schema)
    {
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
                : [type.GetString()!];
            if (!types.Contains(TypeOf(json)) && !(
                TypeOf(json) == "integer" && types.Contains("number"))) return $"expected {string.Join(" or ", types)}";
        }

        return schema.TryGetProperty("enum", out JsonElement choices)
            && !choices.EnumerateArray().Any(c => c.GetRawText() == json?.ToJsonString()) ? $"expected one of {choices}" : null;
    }

    private static string TypeOf(JsonNode? json) => json?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => json.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? "integer" : "number",
    };
}
