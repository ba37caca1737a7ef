using System.Text.Json;

namespace Assay.Tables.Avro;

/// <summary>Reads the schema in the header of a file.</summary>
internal sealed class AvroSchemaReader(long offset)
{
    private readonly Dictionary<string, AvroType> _named = new(StringComparer.Ordinal);

    public AvroType Read(ReadOnlyMemory<byte> schema)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(schema);
            return Type(document.RootElement, space: "");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is what half a surrogate pair in a text of the schema leads to.
            throw Fault($"the schema is not JSON ({fault.Message})", fault);
        }
    }

    private AvroType Type(JsonElement schema, string space) => schema.ValueKind switch
    {
        JsonValueKind.String => Named(schema.GetString()!, space),
        JsonValueKind.Array => Union(schema, space),
        JsonValueKind.Object => Complex(schema, space),
        _ => throw Fault($"'{schema.GetRawText()}' is no type"),
    };

    private AvroType Complex(JsonElement schema, string space)
    {
        if (!schema.TryGetProperty("type", out JsonElement type)) throw Fault("a type of the schema lacks 'type'");
        // {"type": {"type": "long"}} is what some writers make of a plain long.
        if (type.ValueKind != JsonValueKind.String) return Type(type, space);
        switch (type.GetString())
        {
            case "record" or "error": return Record(schema, space);
            case "enum": return Declare(schema, space, new AvroType(AvroKind.Enum) { Symbols = [.. Items(schema, "symbols").Select(Text)] }, out _);
            case "fixed": return Declare(schema, space, AvroLogicalTypes.Apply(new AvroType(AvroKind.Fixed) { Size = Size(schema) }, schema), out _);
            case "array": return new AvroType(AvroKind.Array) { Item = Type(Member(schema, "items"), space) };
            case "map": return new AvroType(AvroKind.Map) { Item = Type(Member(schema, "values"), space) };
            default: return AvroLogicalTypes.Apply(Named(type.GetString()!, space), schema);
        }
    }

    private AvroType Record(JsonElement schema, string space)
    {
        AvroType record = Declare(schema, space, new AvroType(AvroKind.Record), out string inner);
        record.Fields = [.. Items(schema, "fields").Select(field => new AvroField(
            Text(Member(field, "name")), Type(Member(field, "type"), inner), Property(field, AvroSchemaWriter.NameKey), Property(field, AvroSchemaWriter.TypeKey)))];
        return record;
    }

    private AvroType Union(JsonElement schema, string space)
    {
        AvroType[] branches = [.. schema.EnumerateArray().Select(branch => Type(branch, space))];
        return branches.Length > 0 ? new AvroType(AvroKind.Union) { Branches = branches } : throw Fault("a union of the schema is empty");
    }

    /// <summary>Makes a type known under its name, before its fields are read, which may name it.</summary>
    private AvroType Declare(JsonElement schema, string space, AvroType type, out string inner)
    {
        string name = Property(schema, "name") ?? "";
        inner = name.Contains('.', StringComparison.Ordinal) ? name[..name.LastIndexOf('.')] : Property(schema, "namespace") ?? space;
        _named[Full(name, inner)] = type;
        return type;
    }

    private AvroType Named(string name, string space) => name switch
    {
        "null" => new AvroType(AvroKind.Null),
        "boolean" => new AvroType(AvroKind.Boolean),
        "int" => new AvroType(AvroKind.Int),
        "long" => new AvroType(AvroKind.Long),
        "float" => new AvroType(AvroKind.Float),
        "double" => new AvroType(AvroKind.Double),
        "bytes" => new AvroType(AvroKind.Bytes),
        "string" => new AvroType(AvroKind.String),
        _ => _named.GetValueOrDefault(Full(name, space)) ?? _named.GetValueOrDefault(name) ?? throw Fault($"'{name}' is no type"),
    };

    private int Size(JsonElement schema) => Member(schema, "size") is { ValueKind: JsonValueKind.Number } size && size.TryGetInt32(out int bytes) && bytes >= 0
        ? bytes
        : throw Fault("a fixed type has no size");

    private IEnumerable<JsonElement> Items(JsonElement schema, string name) => Member(schema, name) is { ValueKind: JsonValueKind.Array } list
        ? list.EnumerateArray()
        : throw Fault($"'{name}' of the schema is no list");

    private JsonElement Member(JsonElement schema, string name) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out JsonElement member)
        ? member
        : throw Fault($"a part of the schema lacks '{name}'");

    private string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Fault($"'{element.GetRawText()}' is no name");

    private static string? Property(JsonElement schema, string name) => schema.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Full(string name, string space) => space.Length == 0 || name.Contains('.', StringComparison.Ordinal) ? name : $"{space}.{name}";

    private TableException Fault(string fault, Exception? inner = null) =>
        new($"Byte {offset}: {fault}; the file is damaged or no Avro file.", inner) { ByteOffset = offset };
}
