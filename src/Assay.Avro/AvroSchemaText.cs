using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Tables;

namespace Assay.Avro;

/// <summary>
/// The schema of a table as JSON: a record with a field for each column. Avro allows letters, digits and underscores of ASCII in a name,
/// and no digit first; every other character becomes an underscore, and the field keeps the real name beside it.
/// </summary>
internal static class AvroSchemaText
{
    /// <summary>A property of a field: the name of the column where Avro does not allow it.</summary>
    public const string NameKey = "assay.name";

    /// <summary>A property of a field: what its values are where Avro has no type for them.</summary>
    public const string TypeKey = "assay.type";

    public const string Json = "json";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<Column> columns, long[] unitsPerSecond)
    {
        string[] names = Names(columns);
        var fields = new JsonArray([.. columns.Select((column, i) => Field(names[i], column, unitsPerSecond[i]))]);
        return new JsonObject { ["type"] = "record", ["name"] = "row", ["fields"] = fields }.ToJsonString(Options);
    }

    private static JsonObject Field(string name, Column column, long unitsPerSecond)
    {
        bool isLogical = column.Type == ColumnType.Timestamp && unitsPerSecond != TimeUnits.OfTicks;
        string logicalType = unitsPerSecond == TimeUnits.Nanos ? "timestamp-nanos" : "timestamp-micros";
        JsonNode type = isLogical ? new JsonObject { ["type"] = "long", ["logicalType"] = logicalType } : Primitive(column.Type);
        var field = new JsonObject { ["name"] = name, ["type"] = new JsonArray("null", type) };
        if (name != column.Name) field[NameKey] = column.Name;
        if (column.Type == ColumnType.Json) field[TypeKey] = Json;
        if (unitsPerSecond > 0 && !isLogical) field[TypeKey] = TimeUnits.NoteOf(column.Type, unitsPerSecond);
        return field;
    }

    private static string Primitive(ColumnType type) => type switch
    {
        ColumnType.Boolean => "boolean",
        ColumnType.Int64 or ColumnType.Duration or ColumnType.Timestamp => "long",
        ColumnType.Double => "double",
        _ => "string",
    };

    private static string[] Names(IReadOnlyList<Column> columns)
    {
        var unique = new UniqueNames();
        var names = new string[columns.Count];
        // Names that are valid as they are come first, so that no escaped one takes theirs.
        for (int i = 0; i < names.Length; i++)
            if (columns[i].Name is { Length: > 0 } name && Escape(name) == name) names[i] = unique.Add(name, i);
        for (int i = 0; i < names.Length; i++) names[i] ??= unique.Add(Escape(columns[i].Name), i);
        return names;
    }

    private static string Escape(string name)
    {
        string escaped = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return name.Length > 0 && char.IsAsciiDigit(name[0]) ? "_" + escaped : escaped;
    }
}
