using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Tables.Avro;

/// <summary>The schema of a table: a record with a field for each column, in JSON.</summary>
internal static class AvroSchemaWriter
{
    /// <summary>A property of a field: the name of the column where Avro does not allow it.</summary>
    public const string NameKey = "assay.name";

    /// <summary>A property of a field: what its values are where Avro has no type for them.</summary>
    public const string TypeKey = "assay.type";

    public const string Json = "json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<Column> columns, long[] unitsPerSecond)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            string[] names = AvroNames.Of(columns);
            json.WriteStartObject();
            json.WriteString("type", "record");
            json.WriteString("name", "row");
            json.WriteStartArray("fields");
            for (int i = 0; i < names.Length; i++) WriteField(json, names[i], columns[i], unitsPerSecond[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
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
}
