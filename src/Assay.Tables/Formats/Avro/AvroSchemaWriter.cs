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

    public const string Json = "json", DurationMicros = "duration[us]", DurationNanos = "duration[ns]";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IReadOnlyList<Column> columns, bool[] isNanoseconds)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            string[] names = AvroNames.Of(columns);
            json.WriteStartObject();
            json.WriteString("type", "record");
            json.WriteString("name", "row");
            json.WriteStartArray("fields");
            for (int i = 0; i < names.Length; i++) WriteField(json, names[i], columns[i], isNanoseconds[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteField(Utf8JsonWriter json, string name, Column column, bool isNanoseconds)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("type");
        json.WriteStringValue("null");
        if (column.Type == ColumnType.Timestamp) WriteTimestamp(json, isNanoseconds);
        else json.WriteStringValue(Primitive(column.Type));
        json.WriteEndArray();
        if (name != column.Name) json.WriteString(NameKey, column.Name);
        if (column.Type == ColumnType.Json) json.WriteString(TypeKey, Json);
        if (column.Type == ColumnType.Duration) json.WriteString(TypeKey, isNanoseconds ? DurationNanos : DurationMicros);
        json.WriteEndObject();
    }

    private static void WriteTimestamp(Utf8JsonWriter json, bool isNanoseconds)
    {
        json.WriteStartObject();
        json.WriteString("type", "long");
        json.WriteString("logicalType", isNanoseconds ? "timestamp-nanos" : "timestamp-micros");
        json.WriteEndObject();
    }

    private static string Primitive(ColumnType type) => type switch
    {
        ColumnType.Boolean => "boolean",
        ColumnType.Int64 or ColumnType.Duration => "long",
        ColumnType.Double => "double",
        _ => "string",
    };
}
