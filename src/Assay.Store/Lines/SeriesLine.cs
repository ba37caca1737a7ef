using System.Text.Json;

namespace Assay.Journals;

/// <summary>The value of a <c>series</c> line: a block of points of one stepped metric.</summary>
public static class SeriesLine
{
    /// <summary>The number of points of a full block.</summary>
    public const int FullBlock = 512;

    /// <summary>Writes the value.</summary>
    /// <param name="json">What is written to.</param>
    /// <param name="name">The name of the metric.</param>
    /// <param name="points">The points, each with its time in milliseconds since the start of the run.</param>
    public static void Write(JsonBuffer json, string name, IReadOnlyList<(long Step, double Value, long ElapsedMs)> points)
    {
        json.Raw("{\"name\":"u8).String(name).Raw(",\"steps\":["u8);
        for (int i = 0; i < points.Count; i++) Separated(json, i).Integer(points[i].Step);
        json.Raw("],\"values\":["u8);
        for (int i = 0; i < points.Count; i++) Separated(json, i).Real(points[i].Value);
        json.Raw("],\"time_ms\":["u8);
        for (int i = 0; i < points.Count; i++) Separated(json, i).Integer(points[i].ElapsedMs);
        json.Raw("]}"u8);
    }

    internal static void Check(JsonElement value)
    {
        LineFields.Require(value, "name", JsonValueKind.String);
        int Length(string name) => LineFields.Require(value, name, JsonValueKind.Array).GetArrayLength();
        (int steps, int values, int times) = (Length("steps"), Length("values"), Length("time_ms"));
        if (steps != values || steps != times)
            throw new JsonException($"expected as many steps ({steps}) as values ({values}) and times ({times})");
        foreach (JsonElement item in value.GetProperty("values").EnumerateArray()) LineFields.CheckNumber(item, "values");
    }

    private static JsonBuffer Separated(JsonBuffer json, int index) => index == 0 ? json : json.Raw((byte)',');
}

/// <summary>The value of a <c>log</c> line.</summary>
public static class LogEntryLine
{
    /// <summary>Writes the value.</summary>
    /// <param name="json">What is written to.</param>
    /// <param name="level">The level in lower case; <c>note</c> for a remark.</param>
    /// <param name="message">The text.</param>
    public static void Write(JsonBuffer json, ReadOnlySpan<byte> level, string message) =>
        json.Raw("{\"level\":\""u8).Raw(level).Raw("\",\"message\":"u8).String(message).Raw((byte)'}');

    internal static void Check(JsonElement value)
    {
        LineFields.Require(value, "level", JsonValueKind.String);
        LineFields.Require(value, "message", JsonValueKind.String);
    }
}
