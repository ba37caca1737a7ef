using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Assay.Benchmarks;

/// <summary>
/// What any program that leaves the same text behind must do: serialise a run_start and a run_end line for each run with the framework's
/// JSON writer, and append them to one file in large writes, with as many threads as the engine has workers.
/// </summary>
internal static class EngineFloor
{
    private const int WriteAt = 256 << 10;

    public static void Run(string path, long runs)
    {
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        long offset = 0;
        object gate = new();
        int threads = Environment.ProcessorCount;
        Thread[] all = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            var buffer = new ArrayBufferWriter<byte>(WriteAt * 2);
            using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
            for (long i = t; i < runs; i += threads)
            {
                WriteStart(json, i);
                json.Flush();
                json.Reset();
                buffer.Write("\n"u8);
                WriteEnd(json, i);
                json.Flush();
                json.Reset();
                buffer.Write("\n"u8);
                if (buffer.WrittenCount < WriteAt && i + threads < runs) continue;
                lock (gate)
                {
                    RandomAccess.Write(handle, buffer.WrittenSpan, offset);
                    offset += buffer.WrittenCount;
                }

                buffer.ResetWrittenCount();
            }
        }))];
        foreach (Thread thread in all) thread.Start();
        foreach (Thread thread in all) thread.Join();
    }

    /// <summary>Reads every byte of the journals through a <see cref="Utf8JsonReader"/> with one thread, and does nothing else.</summary>
    public static void ReadAll(string folder)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            byte[] block = new byte[1 << 20];
            int held = 0;
            while (stream.Read(block, held, block.Length - held) is var read and > 0)
            {
                held += read;
                int start = 0;
                for (int length; (length = block.AsSpan(start, held - start).IndexOf((byte)'\n')) >= 0; start += length + 1)
                {
                    var reader = new Utf8JsonReader(block.AsSpan(start, length));
                    while (reader.Read()) { }
                }

                block.AsSpan(start, held - start).CopyTo(block);
                held -= start;
            }
        }
    }

    private static void WriteStart(Utf8JsonWriter json, long i)
    {
        Open(json, i, "run_start");
        json.WriteNumber("index", i);
        json.WriteNumber("attempt", 1);
        json.WriteString("version", "1");
        json.WriteStartObject("params");
        json.WriteNumber("Rate", 0.001 * (i / 1000 + 1));
        json.WriteNumber("Size", i / 10 % 100 + 1);
        json.WriteEndObject();
        json.WriteStartObject("seed");
        json.WriteNumber("base", 1);
        json.WriteNumber("replicate", i % 10);
        json.WriteEndObject();
        json.WriteStartObject("fingerprints");
        json.WriteString("params", "40510175845988f13f6162ed8526f0b0");
        json.WriteString("context", "74234e98afe7498fb5daf1f36ac2d78a");
        json.WriteString("code", "49474322f9b57856a2d7e1e46d967150");
        json.WriteEndObject();
        json.WriteStartObject("git");
        json.WriteString("commit", "0123456789abcdef0123456789abcdef01234567");
        json.WriteString("branch", "main");
        json.WriteBoolean("dirty", true);
        json.WriteEndObject();
        Close(json);
    }

    private static void WriteEnd(Utf8JsonWriter json, long i)
    {
        Open(json, i, "run_end");
        json.WriteString("status", "success");
        json.WriteNumber("attempt", 1);
        json.WriteNumber("duration_ms", 0.0013);
        json.WriteStartObject("metrics");
        json.WriteNumber("loss", 0.001 * (i / 1000 + 1) * (i / 10 % 100 + 1));
        json.WriteNumber("steps", i / 10 % 100 + 1);
        json.WriteEndObject();
        Close(json);
    }

    private static void Open(Utf8JsonWriter json, long i, string kind)
    {
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        json.WriteString("assay_version", "0.1.0");
        json.WriteString("run_id", i.ToString("x32", CultureInfo.InvariantCulture));
        json.WriteString("experiment_name", "bench");
        json.WriteString("kind", kind);
        json.WriteStartObject("value");
    }

    private static void Close(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteString("created_at", DateTimeOffset.UtcNow);
        json.WriteNumber("elapsed_ms", 0);
        // The text alone: to compute it is the engine's part.
        json.WriteString("crc32c", "97a6c484");
        json.WriteEndObject();
    }
}
