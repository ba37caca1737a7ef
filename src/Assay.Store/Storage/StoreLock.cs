using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Assay;

/// <summary>
/// A lock that dies with the process that holds it. Two files: <c>NAME.lock</c>, on which the operating system's exclusive lock is
/// held, and <c>NAME.json</c>, which says who holds it and is renewed as a heartbeat. On the same host the
/// operating system's lock decides; from another host, where it may not be visible, the age of the heartbeat does.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    // What this process holds, for the one who asks for it a second time: the description may not be written yet, or be gone.
    private static readonly Lock HereGate = new();
    private static readonly HashSet<string> Here = new(StringComparer.Ordinal);

    private readonly string _name;
    private FileStream _stream;
    private readonly Timer _heart;
    private readonly LockHolder _holder;
    private readonly LockHolder? _displaced;
    private readonly TimeProvider _clock;
    private readonly bool _removeOnRelease;
    private Action<LockHolder>? _whenLost;
    private LockHolder? _taker;
    private bool _released;
    private bool _isLeft;

    private StoreLock(string name, FileStream stream, LockHolder? displaced, TimeProvider clock, bool removeOnRelease)
    {
        (_name, _stream, _displaced, _clock, _removeOnRelease) = (name, stream, displaced, clock, removeOnRelease);
        _holder = LockHolder.ThisProcess(clock.GetUtcNow()) with { Place = RealPath.Of(name), Folder = CurrentFolder() };
        WriteHolder();
        _heart = new Timer(_ => Beat(), null, Heartbeat, Heartbeat);
    }

    /// <summary>
    /// Whether somebody else has taken the lock meanwhile: another host, after this process was silent for so long that it looked dead. From
    /// then on this lock is not renewed.
    /// </summary>
    public bool Lost => Volatile.Read(ref _taker) is not null;

    /// <summary>Says who took the lock, once, when it is lost: whoever holds it must stop what it guards. Called on a timer's thread, or at once when it is lost already.</summary>
    public void WhenLost(Action<LockHolder> tell)
    {
        Volatile.Write(ref _whenLost, tell);
        TellLoss();
    }

    /// <param name="name">Path of the lock without ending.</param>
    /// <param name="clock">For the heartbeat.</param>
    /// <param name="removeOnRelease">
    /// Only for names used once: a shared name's file must stay, or two processes could lock two files of the same name.
    /// </param>
    /// <param name="holder">Who holds the lock when it could not be had.</param>
    /// <returns>The lock, or null when somebody else holds it.</returns>
    /// <exception cref="StoreException">The lock cannot be written.</exception>
    public static StoreLock? TryTake(string name, TimeProvider clock, bool removeOnRelease, out LockHolder? holder)
    {
        holder = LockHolder.TryRead(name + ".json");
        if (holder is { IsHere: false } && clock.GetUtcNow() - holder.HeartbeatAt < Silence) return null;
        FileStream stream;
        try
        {
            stream = Open(name);
        }
        catch (IOException fault) when (IsTaken(fault))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw StoreFaults.CannotWrite(name + ".lock", fault);
        }

        return Confirm(new StoreLock(name, stream, holder, clock, removeOnRelease), out holder);
    }

    /// <summary>Whether this very process holds the lock.</summary>
    public static bool IsHeldHere(string name)
    {
        lock (HereGate) return Here.Contains(name);
    }

    /// <summary>Gives the lock up again when another host, which may not see ours, wrote itself into it at the same time. The last to write has it.</summary>
    internal static StoreLock? Confirm(StoreLock taken, out LockHolder? holder)
    {
        holder = taken.Other();
        if (holder is null) return taken;
        taken.Dispose();
        return null;
    }

    /// <summary>Whether a live process holds the lock; changes nothing, and works on a read-only store.</summary>
    public static bool IsHeld(string name, TimeProvider clock)
    {
        LockHolder? holder = LockHolder.TryRead(name + ".json");
        if (holder is { IsHere: false }) return clock.GetUtcNow() - holder.HeartbeatAt < Silence;
        if (!File.Exists(name + ".lock")) return false;
        try
        {
            // A shared lock: several observers never take each other for a writer.
            using var probe = new FileStream(name + ".lock", FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return IsTaken(fault) || (holder is not null && clock.GetUtcNow() - holder.HeartbeatAt < Silence);
        }
    }

    /// <summary>
    /// Removes what killed writers left of their locks. A lock younger than a minute is left alone: its writer may be between making and taking it. So is one of a journal without a line: a
    /// cleanup learns from it what was made for the journal's run.
    /// </summary>
    public static void RemoveDead(StoreLayout layout, TimeProvider clock)
    {
        foreach (string name in Dead(layout, clock).Where(n => !JournalHead.IsMissing(layout.Journal(Path.GetFileName(n)))))
        {
            StoreLeftovers.TryDelete(name + ".json");
            StoreLeftovers.TryDelete(name + ".lock");
        }
    }

    /// <summary>Names of the locks of killed writers; none younger than a minute.</summary>
    public static IReadOnlyList<string> Dead(StoreLayout layout, TimeProvider clock)
    {
        if (!Directory.Exists(layout.Locks)) return [];
        DateTimeOffset before = clock.GetUtcNow() - TimeSpan.FromMinutes(1);
        return
        [
            .. Directory.EnumerateFiles(layout.Locks, "*.lock").Where(file => File.GetLastWriteTimeUtc(file) <= before).Select(file => file[..^".lock".Length])
                .Where(name => !StoreLayout.IsSharedLock(name) && !IsHeld(name, clock)),
        ];
    }

    /// <summary>Lets go of the lock. Again it does nothing: the files may be another holder's by then.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, true)) return;
        using (var stopped = new ManualResetEvent(false))
        {
            if (_heart.Dispose(stopped)) stopped.WaitOne();
        }

        if (!_isLeft && !Lost && Other() is null)
        {
            StoreLeftovers.TryDelete(_name + ".json");
            if (_removeOnRelease) StoreLeftovers.TryDelete(_name + ".lock");
        }

        lock (HereGate)
        {
            Here.Remove(_name);
            _stream.Dispose();
        }
    }

    /// <summary>Lets go of the lock as a process does that is killed: its files stay, and tell a cleanup what was made under it.</summary>
    public void Leave()
    {
        _isLeft = true;
        Dispose();
    }

    internal void Beat()
    {
        if (Lost) return;
        if (Other() is { } taker)
        {
            Volatile.Write(ref _taker, taker);
            TellLoss();
        }
        else
        {
            if (IsThereOrTakenAgain()) WriteHolder();
        }
    }

    // Somebody has cleared the folder of locks. What is held there now holds nobody off, so the lock is taken anew, unless another was faster: that one is found by the next look.
    private bool IsThereOrTakenAgain()
    {
        if (File.Exists(_name + ".lock")) return true;
        try
        {
            FileStream stream = Open(_name);
            _stream.Dispose();
            _stream = stream;
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return !IsTaken(fault);
        }
    }

    private static FileStream Open(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(name)!);
        lock (HereGate)
        {
            var stream = new FileStream(name + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Here.Add(name);
            return stream;
        }
    }

    private void TellLoss()
    {
        if (Volatile.Read(ref _taker) is { } taker) Interlocked.Exchange(ref _whenLost, null)?.Invoke(taker);
    }

    // Whoever stands in the file after we wrote ourselves into it came later, whatever the clocks of the two hosts say; only the dead one we
    // found there may still stand there, when we could not write.
    private LockHolder? Other() =>
        LockHolder.TryRead(_name + ".json") is { } now && !now.IsSameAs(_holder) && now != _displaced ? now : null;

    // It may have been deleted meanwhile.
    private static string CurrentFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            return "";
        }
    }

    // Anything else (read-only, full, no permission) is a fault of the store and not another holder. EWOULDBLOCK of Linux and of macOS, and the
    // sharing and lock violations of Windows.
    private static bool IsTaken(Exception fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    // A heartbeat that cannot be written (full disk) is no reason to stop computing: on this host the lock itself still tells.
    private void WriteHolder()
    {
        try
        {
            AtomicFile.Write(_name + ".json", (_holder with { HeartbeatAt = _clock.GetUtcNow() }).ToJson(), durable: false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}

/// <summary>Who holds a lock.</summary>
internal sealed record LockHolder(string Host, int Pid, string Program, DateTimeOffset StartedAt, DateTimeOffset HeartbeatAt)
{
    /// <summary>Where the lock really stood when it was taken, without ending; empty in those of before. A copy's is still that of the original.</summary>
    public string Place { get; init; } = "";

    /// <summary>The folder the process was in; empty in those of before.</summary>
    public string Folder { get; init; } = "";

    public bool IsHere => string.Equals(Host, Environment.MachineName, StringComparison.Ordinal);

    /// <summary>Whether the two are one process, whenever it was last heard of.</summary>
    public bool IsSameAs(LockHolder other) => this with { HeartbeatAt = other.HeartbeatAt, Place = other.Place, Folder = other.Folder } == other;

    public static LockHolder ThisProcess(DateTimeOffset now) =>
        new(Environment.MachineName, Environment.ProcessId, Path.GetFileName(Environment.ProcessPath) ?? "?", now, now);

    public byte[] ToJson() => new JsonBuffer()
        .Raw("{\"host\":"u8).String(Host).Raw(",\"pid\":"u8).Integer(Pid).Raw(",\"program\":"u8).String(Program)
        .Raw(",\"place\":"u8).String(Place).Raw(",\"folder\":"u8).String(Folder)
        .Raw(",\"started_at\":"u8).Time(StartedAt).Raw(",\"heartbeat_at\":"u8).Time(HeartbeatAt).Raw("}\n"u8).ToArray();

    public static LockHolder? TryRead(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(File.ReadAllBytes(path)));
            JsonElement root = document.RootElement;
            return new LockHolder(
                root.GetProperty("host").GetString() ?? "?", root.GetProperty("pid").GetInt32(), root.GetProperty("program").GetString() ?? "?",
                root.GetProperty("started_at").GetDateTimeOffset(), root.GetProperty("heartbeat_at").GetDateTimeOffset())
            {
                Place = root.TryGetProperty("place", out JsonElement place) ? place.GetString() ?? "" : "",
                Folder = root.TryGetProperty("folder", out JsonElement folder) ? folder.GetString() ?? "" : "",
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>How it is told to whom waits for it. Nobody here can ask whether a process of another host lives.</summary>
    public string Told(TimeProvider clock) => IsHere ? ToString() : string.Create(CultureInfo.InvariantCulture,
        $"{this} (last heard of {Math.Max(0, (clock.GetUtcNow() - HeartbeatAt).TotalSeconds):0} s ago; after {StoreLock.Silence.TotalSeconds:0} s without a sign of life it no longer counts)");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"process {Pid} ({Program}) on {Host}, since {StartedAt:yyyy-MM-dd HH:mm:ss} UTC");
}
