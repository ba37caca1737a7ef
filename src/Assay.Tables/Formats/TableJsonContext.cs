using System.Text.Json.Serialization;

namespace Assay.Tables;

/// <summary>The objects that formats read and write as JSON, without reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class TableJsonContext : JsonSerializerContext;
