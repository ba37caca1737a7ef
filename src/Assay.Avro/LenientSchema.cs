using System.Text.Json.Nodes;
using Avro;

namespace Assay.Avro;

/// <summary>
/// The schema of a file in a form that the library takes. It refuses names that the format does not allow but other programs write, and
/// logical types that do not fit their type, which the format asks to ignore. So names are numbered, and properties of our own
/// keep the real ones and the logical types.
/// </summary>
internal sealed class LenientSchema
{
    public const string LogicalKey = "assay.logicalType", SymbolsKey = "assay.symbols";

    private int _unnamed;

    public static Schema Parse(string json)
    {
        JsonNode schema = JsonNode.Parse(json) ?? throw new InvalidDataException("the schema is null");
        new LenientSchema().Visit(schema);
        // A schema may be the name of a type alone.
        return Schema.Parse(schema is JsonValue value && value.TryGetValue(out string? name) ? name : schema.ToJsonString());
    }

    private void Visit(JsonNode? node)
    {
        if (node is JsonArray list)
            foreach (JsonNode? item in list) Visit(item);
        if (node is not JsonObject type) return;
        if (type.Remove("logicalType", out JsonNode? logical)) type[LogicalKey] = logical;
        if (type["name"] is JsonValue name && name.TryGetValue(out string? text) && text.Length == 0)
            type["name"] = $"unnamed_{++_unnamed}";
        if (type["symbols"] is JsonArray symbols) NumberSymbols(type, symbols);
        if (type["fields"] is JsonArray fields) NumberFields(fields);
        foreach (JsonNode? member in type.Select(pair => pair.Value).ToList()) Visit(member);
    }

    private static void NumberSymbols(JsonObject type, JsonArray symbols)
    {
        type[SymbolsKey] = symbols.DeepClone();
        type["symbols"] = new JsonArray([.. symbols.Select((_, i) => JsonValue.Create($"symbol_{i}"))]);
        type.Remove("default");
    }

    private static void NumberFields(JsonArray fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i] is not JsonObject field || field["name"] is not JsonValue name || !name.TryGetValue(out string? text)) continue;
            if (!field.ContainsKey(AvroSchemaText.NameKey)) field[AvroSchemaText.NameKey] = text;
            field["name"] = $"field_{i}";
            field.Remove("aliases");
            field.Remove("default");
        }
    }
}
