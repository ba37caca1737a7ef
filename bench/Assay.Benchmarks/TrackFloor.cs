using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>
/// What any program that leaves the same text behind must do: serialise a line for each record with the framework's JSON writer, and append
/// them to one file in large writes, all with one thread.
/// </summary>
internal static class TrackFloor
{
    private const int WriteAt = 256 << 10;

    public static void Run(string path, int records)
    {
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        long offset = 0;
        var buffer = new ArrayBufferWriter<byte>(WriteAt * 2);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        string id = UInt128.MaxValue.ToString("x32", CultureInfo.InvariantCulture);
        for (int i = 0; i < records; i++)
        {
            WriteLine(json, id, i);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < WriteAt && i + 1 < records) continue;
            RandomAccess.Write(handle, buffer.WrittenSpan, offset);
            offset += buffer.WrittenCount;
            buffer.ResetWrittenCount();
        }
    }

    private static void WriteLine(Utf8JsonWriter json, string id, int step)
    {
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        json.WriteString("assay_version", "0.1.0");
        json.WriteString("run_id", id);
        json.WriteString("experiment_name", TrackLoad.Name);
        json.WriteString("kind", "track");
        json.WriteStartObject("value");
        json.WriteNumber("step", step);
        json.WriteStartObject("metrics");
        json.WriteNumber("loss", TrackLoad.Loss(step));
        json.WriteNumber("acc", TrackLoad.Accuracy(step));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("created_at", DateTimeOffset.UtcNow);
        json.WriteNumber("elapsed_ms", 1000);
        json.WriteEndObject();
    }
}
