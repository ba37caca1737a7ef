namespace Assay.Storage;

/// <summary>
/// A lease that the operating system ends with the process. Two files: <c>NAME.lock</c>, on which the operating system's exclusive lock is
/// held, and <c>NAME.json</c>, which names the holder and is renewed as a heartbeat. On the same host the operating system's lock decides;
/// from another host, where it may not be visible, the age of the heartbeat does.
/// </summary>
internal sealed class FileLease : Lease
{
    // The leases of this process, for a second request of one: its description may not be written yet, or be gone.
    private static readonly Lock HereGate = new();
    private static readonly HashSet<string> Here = new(StringComparer.Ordinal);

    private readonly string _name;
    private FileStream _stream;
    private readonly Timer _heart;
    private readonly LeaseHolder _holder;
    private readonly LeaseHolder? _displaced;
    private readonly TimeProvider _clock;
    private readonly bool _removeOnRelease;
    private Action<LeaseHolder>? _whenLost;
    private LeaseHolder? _taker;
    private bool _released;
    private bool _isAbandoned;

    private FileLease(string name, FileStream stream, LeaseHolder? displaced, TimeProvider clock, bool removeOnRelease)
    {
        (_name, _stream, _displaced, _clock, _removeOnRelease) = (name, stream, displaced, clock, removeOnRelease);
        // It may have been deleted meanwhile.
        string folder = StoreFaults.Or("", Directory.GetCurrentDirectory);
        _holder = LeaseHolder.ThisProcess(clock.GetUtcNow()) with { Place = RealPath.Of(name), Folder = folder };
        WriteHolder();
        _heart = new Timer(_ => Beat(), null, Heartbeat, Heartbeat);
    }

    public override bool Lost => Volatile.Read(ref _taker) is not null;

    public override void WhenLost(Action<LeaseHolder> report)
    {
        Volatile.Write(ref _whenLost, report);
        TellLoss();
    }

    /// <param name="name">Path of the lock without ending.</param>
    /// <param name="clock">For the heartbeat.</param>
    /// <param name="removeOnRelease">
    /// Only for names used once: a shared name's file must stay, or two processes could lock two files of the same name.
    /// </param>
    /// <param name="holder">Who holds the lock when it could not be had.</param>
    /// <returns>The lock; null when another process holds it.</returns>
    /// <exception cref="StoreException">The lock cannot be written.</exception>
    public static FileLease? TryTake(string name, TimeProvider clock, bool removeOnRelease, out LeaseHolder? holder)
    {
        holder = LeaseHolder.TryRead(name + ".json");
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
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            throw StoreFaults.CannotWrite(name + ".lock", fault);
        }

        return Confirm(new FileLease(name, stream, holder, clock, removeOnRelease), out holder);
    }

    public static bool IsHeldHere(string name)
    {
        lock (HereGate) return Here.Contains(name);
    }

    /// <summary>Gives the lock up again when another host wrote itself into it at the same time. The last to write has it.</summary>
    internal static FileLease? Confirm(FileLease taken, out LeaseHolder? holder)
    {
        holder = taken.Other();
        if (holder is null) return taken;
        taken.Dispose();
        return null;
    }

    /// <summary>Whether a live process holds the lock; changes nothing, and works on a read-only store.</summary>
    public static bool IsHeld(string name, TimeProvider clock)
    {
        LeaseHolder? holder = LeaseHolder.TryRead(name + ".json");
        if (holder is { IsHere: false }) return clock.GetUtcNow() - holder.HeartbeatAt < Silence;
        if (!File.Exists(name + ".lock") || StoreEntry.IsForeign(name + ".lock")) return false;
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
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault))
        {
            return IsTaken(fault) || (holder is not null && clock.GetUtcNow() - holder.HeartbeatAt < Silence);
        }
    }

    /// <summary>Removes locks of killed writers; none younger than a minute, whose writer may just be taking it.</summary>
    public static void RemoveDead(StoreLayout layout, TimeProvider clock)
    {
        foreach (string name in Dead(layout, clock))
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
            .. Directory.EnumerateFiles(layout.Locks, "*.lock").Where(file => File.GetLastWriteTimeUtc(file) <= before)
                .Select(file => file[..^".lock".Length])
                .Where(name => LeaseName.IsWriter(Path.GetFileName(name)) && !IsHeld(name, clock)),
        ];
    }

    protected override void Dispose(bool disposing)
    {
        // A second call must not delete files that belong to another holder by then.
        if (Interlocked.Exchange(ref _released, true)) return;
        JournalWriter.StopAndWait(_heart);
        if (!_isAbandoned && !Lost && Other() is null)
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

    public override void Abandon()
    {
        _isAbandoned = true;
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
        else if (IsThereOrTakenAgain()) WriteHolder();
    }

    // Where the folder of locks was cleared, the lock that is held keeps no other process away, so it is taken anew. If another process was
    // faster, the next beat finds it.
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
        catch (Exception fault) when (StoreFaults.IsOfFiles(fault) || fault is StoreException)
        {
            return !IsTaken(fault);
        }
    }

    private static FileStream Open(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(name)!);
        StoreEntry.RequireOwn(name + ".lock");
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

    // A process that is in the file after this one wrote itself into it came later, whatever the clocks of the two hosts are; only the dead
    // one that was found there may still be there, when the file could not be written.
    private LeaseHolder? Other() =>
        LeaseHolder.TryRead(_name + ".json") is { } now && !now.IsSameAs(_holder) && now != _displaced ? now : null;

    // Anything else (read-only, full, no permission) is a fault of the store and not another holder. EWOULDBLOCK of Linux and of macOS, and
    // the sharing and lock violations of Windows.
    private static bool IsTaken(Exception fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    // A heartbeat that cannot be written (full disk) is no reason to stop computing: on this host the lock itself still counts.
    private void WriteHolder() => StoreFaults.Try(
        () => AtomicFile.Write(_name + ".json", (_holder with { HeartbeatAt = _clock.GetUtcNow() }).ToJson(), durable: false));
}
