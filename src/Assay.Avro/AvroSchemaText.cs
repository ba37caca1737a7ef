using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<Column> columns, long[] unitsPerSecond)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            string[] names = Names(columns);
            json.WriteStartObject();
            json.WriteString("type", "record");
            json.WriteString("name", "row");
            json.WriteStartArray("fields");
            for (int i = 0; i < names.Length; i++) WriteField(json, names[i], columns[i], unitsPerSecond[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteField(Utf8JsonWriter json, string name, Column column, long unitsPerSecond)
    {
        bool isLogical = column.Type == ColumnType.Timestamp && unitsPerSecond != TimeUnits.OfTicks;
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("type");
        json.WriteStringValue("null");
        if (isLogical) WriteTimestamp(json, unitsPerSecond);
        else json.WriteStringValue(Primitive(column.Type));
        json.WriteEndArray();
        if (name != column.Name) json.WriteString(NameKey, column.Name);
        if (column.Type == ColumnType.Json) json.WriteString(TypeKey, Json);
        if (unitsPerSecond > 0 && !isLogical) json.WriteString(TypeKey, TimeUnits.NoteOf(column.Type, unitsPerSecond));
        json.WriteEndObject();
    }

    private static void WriteTimestamp(Utf8JsonWriter json, long unitsPerSecond)
    {
        json.WriteStartObject();
        json.WriteString("type", "long");
        json.WriteString("logicalType", unitsPerSecond == TimeUnits.Nanos ? "timestamp-nanos" : "timestamp-micros");
        json.WriteEndObject();
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
