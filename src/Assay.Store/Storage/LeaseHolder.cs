using System.Globalization;
using System.Text.Json;

namespace Assay.Storage;

/// <summary>The process that holds a lease.</summary>
/// <param name="Host">The name of its machine.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="Program">The file name of its program.</param>
/// <param name="StartedAt">When it took the lease.</param>
/// <param name="HeartbeatAt">When it last renewed it.</param>
public sealed record LeaseHolder(string Host, int Pid, string Program, DateTimeOffset StartedAt, DateTimeOffset HeartbeatAt)
{
    /// <summary>The real path of the lock without ending, that of the original in a copy; empty in files of earlier versions.</summary>
    internal string Place { get; init; } = "";

    /// <summary>The current folder of the process; empty in files of earlier versions.</summary>
    internal string Folder { get; init; } = "";

    /// <summary>Whether it runs on this machine.</summary>
    public bool IsHere => string.Equals(Host, Environment.MachineName, StringComparison.Ordinal);

    /// <summary>Whether the two are one process, whenever it was last heard of.</summary>
    internal bool IsSameAs(LeaseHolder other) =>
        this with { HeartbeatAt = other.HeartbeatAt, Place = other.Place, Folder = other.Folder } == other;

    /// <summary>This process, as the holder of a lease it takes now.</summary>
    public static LeaseHolder ThisProcess(DateTimeOffset now) =>
        new(Environment.MachineName, Environment.ProcessId, Path.GetFileName(Environment.ProcessPath) ?? "?", now, now);

    /// <summary>The holder as a JSON object on one line, for a backend to keep beside the lease.</summary>
    public byte[] ToJson() => new JsonBuffer()
        .Raw("{\"host\":"u8).String(Host).Raw(",\"pid\":"u8).Integer(Pid).Raw(",\"program\":"u8).String(Program)
        .Raw(",\"place\":"u8).String(Place).Raw(",\"folder\":"u8).String(Folder)
        .Raw(",\"started_at\":"u8).Time(StartedAt).Raw(",\"heartbeat_at\":"u8).Time(HeartbeatAt).Raw("}\n"u8).ToArray();

    internal static LeaseHolder? TryRead(string path) =>
        File.Exists(path) && !StoreEntry.IsForeign(path) ? StoreFaults.Or(null, () => TryParse(File.ReadAllBytes(path))) : null;

    /// <summary>The holder that <see cref="ToJson"/> has written; null for anything else.</summary>
    public static LeaseHolder? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            JsonElement root = document.RootElement;
            return new LeaseHolder(
                root.GetProperty("host").GetString() ?? "?", root.GetProperty("pid").GetInt32(),
                root.GetProperty("program").GetString() ?? "?", root.GetProperty("started_at").GetDateTimeOffset(),
                root.GetProperty("heartbeat_at").GetDateTimeOffset())
            {
                Place = JsonObjects.Text(root, "place") ?? "",
                Folder = JsonObjects.Text(root, "folder") ?? "",
            };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A description for whom waits for the holder: of one on another host also when it was last heard of.</summary>
    public string Describe(TimeProvider clock)
    {
        if (IsHere) return ToString();
        double silence = (clock.GetUtcNow() - HeartbeatAt).TotalSeconds;
        if (silence < -Lease.Silence.TotalSeconds)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{this} (its last sign of life is {-silence:0} s in the future: a clock is wrong, there or here. If that process does not "
                    + $"live any more, delete its file in the folder 'locks' of the store)");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{this} (last heard of {Math.Max(0, silence):0} s ago; "
                + $"after {Lease.Silence.TotalSeconds:0} s without a sign of life it no longer counts)");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {Pid} ({Program}) on {Host}, since {StartedAt:yyyy-MM-dd HH:mm:ss} UTC");
}
