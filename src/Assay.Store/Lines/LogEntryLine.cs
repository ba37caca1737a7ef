using System.Text.Json;

namespace Assay.Journals;

/// <summary>The value of a <c>log</c> line.</summary>
public static class LogEntryLine
{
    /// <summary>Writes the value.</summary>
    /// <param name="json">What is written to.</param>
    /// <param name="level">The level in lower case; <c>note</c> for a remark.</param>
    /// <param name="message">The text.</param>
    public static void Write(JsonBuffer json, ReadOnlySpan<byte> level, string message)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.Raw("{\"level\":\""u8).Raw(level).Raw("\",\"message\":"u8).String(message).Raw((byte)'}');
    }

    internal static void Check(JsonElement value)
    {
        LineFields.Require(value, "level", JsonValueKind.String);
        LineFields.Require(value, "message", JsonValueKind.String);
    }
}
