using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Assay.Questions;

/// <summary>The JSON schema of an answer, from the type of its report and what every answer has beside.</summary>
internal static class OutputSchema
{
    private static readonly JsonSchemaExporterOptions Exporting =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Numbers };

    public static JsonObject Of(JsonTypeInfo report, bool isPaged)
    {
        JsonNode exported = report.GetJsonSchemaAsNode(Exporting);
        JsonObject schema = Inlined(exported, exported).AsObject();
        schema["type"] = "object";
        JsonObject properties = schema["properties"]!.AsObject();
        JsonArray required = schema["required"] as JsonArray ?? [];
        schema["required"] = required;
        if (isPaged)
        {
            const string Meaning = "For the next page; null when there is none";
            properties["next_cursor"] = new JsonObject { ["type"] = new JsonArray("string", "null"), ["description"] = Meaning };
            required.Add((JsonNode)"next_cursor");
        }

        properties["remarks"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["type"] = "string" },
            ["description"] = "What was cut from the answer and how to get it, and what else to know",
        };
        if (!required.Any(r => r!.GetValue<string>() == "remarks")) required.Add((JsonNode)"remarks");
        return schema;
    }

    // A type that occurs twice is exported as a reference to its first place, which few clients follow.
    private static JsonNode Inlined(JsonNode schema, JsonNode root) => schema switch
    {
        JsonObject named when named.TryGetPropertyValue("$ref", out JsonNode? reference) =>
            Inlined(Find(root, reference!.GetValue<string>()), root),
        JsonObject named => new JsonObject(named.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Inlined(m.Value, root)))),
        JsonArray list => new JsonArray([.. list.Select(e => e is null ? null : Inlined(e, root))]),
        _ => schema.DeepClone(),
    };

    private static JsonNode Find(JsonNode root, string pointer)
    {
        JsonNode found = root;
        foreach (string step in pointer.Split('/').Skip(1))
            found = found[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]!;
        return found;
    }

    // NaN and infinities are texts, as in all our JSON.
    private static JsonNode Numbers(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = context.TypeInfo.Type;
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        string[]? names = inner == typeof(double) || inner == typeof(RecordedNumber) ? ["number", "string"]
            : inner == typeof(TimeSpan) ? ["number"]
            : inner == typeof(BigInteger) ? ["integer"]
            : null;
        if (names is null) return schema;
        if (inner != type) names = [.. names, "null"];
        return new JsonObject { ["type"] = names.Length == 1 ? names[0] : new JsonArray([.. names.Select(n => (JsonNode)n)]) };
    }
}
