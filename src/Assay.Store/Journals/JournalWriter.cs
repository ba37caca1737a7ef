namespace Assay.Journals;

/// <summary>
/// Appends lines to one journal file by group commit: threads hand over finished lines, one thread writes all that have gathered with a
/// single system call, then reports them as kept; a thread that flushes writes them itself. Lines reported as kept survive <c>kill -9</c>;
/// it reaches the disk within a second, or before it is reported with <see cref="Durability.Immediate"/>. Thread-safe. The file is created
/// by the first line, so a session without lines leaves nothing behind.
/// </summary>
/// <remarks>
/// A failed write (disk full, quota) cuts the file back to its last whole line, and every later call throws the same fault: runs not yet
/// reported stay unreported and run again.
/// </remarks>
public sealed class JournalWriter : IDisposable
{
    // Above this much unwritten text, threads that produce more wait for the disk.
    private const int MaxPending = 4 << 20;

    // Within this time of the last write, small batches wait for company; a lone line after a pause is written at once.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(1);
    private const int WorthWriting = 256 << 10;
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    // Held by the thread that writes, before the gate.
    private readonly Lock _write = new();

    // Held by the thread that syncs.
    private readonly Lock _disk = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly AutoResetEvent _hurry = new(false);
    private readonly ManualResetEventSlim _room = new(true);
    private readonly Func<JournalAppender> _create;
    private readonly Durability _durability;
    private readonly Action<List<object>> _kept;
    private readonly Timer _sync;
    private JsonBuffer _pending = new();
    private JsonBuffer _writing = new();
    private List<object> _pendingTokens = [];
    private List<object> _writingTokens = [];
    private JournalAppender? _file;
    private StoreException? _fault;
    private Thread? _thread;
    private bool _wakeRequested;
    private bool _closing;

    /// <param name="create">Creates the file; called once, by the first write.</param>
    /// <param name="durability">When data goes to the disk itself.</param>
    /// <param name="kept">
    /// Called with the tokens of the lines just kept, in order, by whichever thread wrote them, one call at a time; must not block or
    /// throw.
    /// </param>
    public JournalWriter(Func<JournalAppender> create, Durability durability, Action<List<object>> kept)
    {
        (_create, _durability, _kept) = (create, durability, kept);
        _sync = new Timer(_ => SyncUnlessSyncing(), null, SyncEvery, SyncEvery);
    }

    /// <summary>The fault that ended writing, if any.</summary>
    public StoreException? Fault
    {
        get { lock (_gate) return _fault; }
    }

    /// <summary>Hands over whole lines, each ended by a line feed.</summary>
    /// <param name="lines">The bytes; copied.</param>
    /// <param name="token">Given back through the kept callback once the lines are with the operating system.</param>
    /// <exception cref="StoreException">An earlier write failed.</exception>
    public void Append(ReadOnlySpan<byte> lines, object? token = null) => Add(lines, token, wake: true);

    /// <summary>As <see cref="Append"/>, and returns when the lines are with the operating system. Needs no thread of its own.</summary>
    /// <exception cref="StoreException">A write failed.</exception>
    public void Write(ReadOnlySpan<byte> lines, object? token = null)
    {
        Add(lines, token, wake: false);
        Flush();
    }

    /// <summary>Returns when all that was appended before is with the operating system. Not for the callback of kept lines.</summary>
    /// <exception cref="StoreException">A write failed.</exception>
    public void Flush()
    {
        // The thread that waits writes: on a busy machine another thread may come late.
        WriteOnce();
        lock (_gate)
        {
            if (_fault is not null) throw _fault;
        }
    }

    /// <summary>Returns when all that was written before is on the disk; where the disk does not confirm it, later calls throw.</summary>
    public void Sync()
    {
        lock (_disk)
        {
            try
            {
                _file?.Sync();
            }
            catch (StoreException fault)
            {
                lock (_gate) _fault ??= fault;
            }
        }
    }

    /// <summary>Writes the rest, syncs it to the disk and closes the file.</summary>
    public void Dispose() => Close(file =>
    {
        Sync();
        file.Dispose();
    });

    /// <summary>Writes the rest and gives the file away.</summary>
    /// <param name="finish">Takes the file over, to sync and close it. Not called when nothing was ever written.</param>
    public void Close(Action<JournalAppender> finish)
    {
        Thread? thread;
        lock (_gate)
        {
            if (_closing) return;
            _closing = true;
            thread = _thread;
        }

        if (thread is not null)
        {
            _hurry.Set();
            _work.Set();
            thread.Join();
        }

        while (WriteOnce()) { }

        StopAndWait(_sync);
        if (_file is not null) finish(_file);
        _hurry.Dispose();
        _work.Dispose();
        _room.Dispose();
    }

    private void Add(ReadOnlySpan<byte> lines, object? token, bool wake)
    {
        _room.Wait();
        lock (_gate)
        {
            if (_fault is not null) throw _fault;
            ObjectDisposedException.ThrowIf(_closing, this);
            _pending.Raw(lines);
            if (token is not null) _pendingTokens.Add(token);
            if (_pending.Length > MaxPending) _room.Reset();
            if (!wake || _wakeRequested) return;
            _wakeRequested = true;
            // Most of what starting and ending a short run would cost is the start of a thread.
            if (_thread is null)
            {
                _thread = new Thread(WriteLoop) { IsBackground = true, Name = "assay-journal" };
                _thread.Start();
            }

            // Within the gate: closing takes it, and gives this up afterwards.
            _work.Set();
        }
    }

    private void WriteLoop()
    {
        while (true)
        {
            _work.WaitOne();
            while (WriteOnce())
                if (!PendingIsWorthWriting()) _hurry.WaitOne(Pace);

            lock (_gate)
            {
                if (_closing && _pending.Length == 0) return;
            }
        }
    }

    private bool PendingIsWorthWriting()
    {
        lock (_gate) return _closing || _pending.Length >= WorthWriting;
    }

    /// <returns>Whether there was anything to write.</returns>
    private bool WriteOnce()
    {
        lock (_write)
        {
            bool isAny = TakePending();
            if (isAny) WriteBatch();
            return isAny;
        }
    }

    private bool TakePending()
    {
        lock (_gate)
        {
            if (_pending.Length == 0 || _fault is not null)
            {
                _pending.Clear();
                _wakeRequested = false;
                _room.Set();
                return false;
            }

            (_pending, _writing) = (_writing, _pending);
            (_pendingTokens, _writingTokens) = (_writingTokens, _pendingTokens);
            return true;
        }
    }

    private void WriteBatch()
    {
        try
        {
            _file ??= _create();
            _file.Append(_writing.Written);
            if (_durability == Durability.Immediate) _file.Sync();
            if (_writingTokens.Count > 0) _kept(_writingTokens);
        }
        catch (Exception fault)
        {
            // Whatever it is, on this thread it would end the process: it is thrown to those who append instead.
            StoreException broken = fault as StoreException ?? new StoreException(
                $"the journal cannot go on: {fault.GetType().Name}: {ExceptionText.Sentence(fault)} "
                + "Runs reported as finished are kept; run again to do the rest.", fault);
            lock (_gate) _fault ??= broken;
        }

        _writing.Clear();
        _writingTokens.Clear();
        _room.Set();
    }

    /// <summary>Ends a timer, and returns when no call of it is under way.</summary>
    internal static void StopAndWait(Timer timer)
    {
        using var stopped = new ManualResetEvent(false);
        if (timer.Dispose(stopped)) stopped.WaitOne();
    }

    // A disk slower than the timer must not gather waiting threads.
    private void SyncUnlessSyncing()
    {
        if (!_disk.TryEnter()) return;
        try
        {
            Sync();
        }
        finally
        {
            _disk.Exit();
        }
    }
}
