using System.Text.Json;

namespace Assay.Import;

/// <summary>A stepped metric as metalab keeps it: a list of step and value, without times.</summary>
internal static class MetalabSeries
{
    /// <returns>The points; null where a step is no whole number, or a value no number that a series holds exactly.</returns>
    public static IReadOnlyList<(long Step, byte[] Value)>? Points(JsonElement result)
    {
        if (ForeignJson.Text(ForeignJson.Member(result, "metadata"), "type") != "stepped_metric") return null;
        if (ForeignJson.Member(result, "data") is not { ValueKind: JsonValueKind.Array } data) return null;
        var points = new List<(long, byte[])>();
        foreach (JsonElement point in data.EnumerateArray())
        {
            if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() != 2) return null;
            if (!point[0].TryInteger(out long step) || !IsExact(point[1])) return null;
            points.Add((step, ForeignJson.Raw(point[1])));
        }

        return points.Count > 0 ? points : null;
    }

    public static void Write(ObjectWriter value, string name, IReadOnlyList<(long Step, byte[] Value)> points)
    {
        value.Text("name", name).List("steps", points, (json, point) => json.Integer(point.Step));
        value.List("values", points, (json, point) => json.Raw(point.Value)).List("time_ms", points, (json, _) => json.Integer(0));
    }

    // Values of series are real numbers: a whole number that is none stays data.
    private static bool IsExact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonObjects.Text(value) is "NaN" or "Infinity" or "-Infinity",
        JsonValueKind.Number when value.TryInteger(out long whole) => whole is >= -(1L << 53) and <= 1L << 53,
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') && double.IsFinite(value.GetDouble()),
        _ => false,
    };
}
