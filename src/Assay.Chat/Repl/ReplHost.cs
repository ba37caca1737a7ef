using System.Runtime.InteropServices;

namespace Assay.Chat;

/// <summary>Reads commands from arguments, a script or a person, and handles Ctrl-C.</summary>
internal sealed class ReplHost(ReplOptions options, Func<ReplConsole, ReplSession> create) : IDisposable
{
    private const int Interrupted = 130;
    private const string Leave = "nothing runs; 'exit' or Ctrl-D leaves.";
    private static readonly TimeSpan Twice = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private long _lastPress;
    private bool _wasPressed;

    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        bool isPerson = args.Count == 0 && options.Input is null && options.Output is null && LineEditor.IsPossible;
        ReplConsole console = isPerson ? new LineEditor()
            : new ScriptConsole(options.Input ?? Console.In, options.Output ?? Console.Out);
        ReplSession session = create(console);
        using CancellationTokenRegistration outer = cancellationToken.Register(_ended.Cancel);
        using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (isPerson) Press(session, console);
            else _ended.Cancel();
        });
        using PosixSignalRegistration? resize = OperatingSystem.IsWindows() ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => console.Refresh());
        int code = args.Count > 0 ? await ExecuteAsync(session, args) : await ReadAsync(session, console);
        await session.EndAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return _ended.IsCancellationRequested ? Interrupted : isPerson ? 0 : code;
    }

    public void Dispose() => _ended.Dispose();

    private async Task<int> ExecuteAsync(ReplSession session, IReadOnlyList<string> args)
    {
        bool isDone = true;
        var words = new List<string>();
        foreach (string word in (IEnumerable<string>)[.. args, ";"])
        {
            if (word != ";")
            {
                words.Add(word);
                continue;
            }

            if (words.Count > 0 && !session.HasEnded) isDone &= await session.ExecuteAsync([.. words], _ended.Token);
            words.Clear();
        }

        return isDone ? 0 : 1;
    }

    private async Task<int> ReadAsync(ReplSession session, ReplConsole console)
    {
        if (console.IsInteractive) session.Greet();
        bool isDone = true;
        Task ended = Task.Delay(Timeout.Infinite, _ended.Token);
        while (!session.HasEnded && !_ended.IsCancellationRequested)
        {
            // A line that never comes must not keep the prompt from ending.
            Task<string?> reading = Task.Run(console.ReadLine);
            await Task.WhenAny(reading, ended);
            if (!reading.IsCompleted || await reading is not { } line) break;
            isDone &= await session.ExecuteAsync(line, _ended.Token);
        }

        return isDone ? 0 : 1;
    }

    private void Press(ReplSession session, ReplConsole console)
    {
        bool isSecond = _wasPressed && options.Runs.Clock.GetElapsedTime(_lastPress) < Twice;
        (_lastPress, _wasPressed) = (options.Runs.Clock.GetTimestamp(), true);
        console.Drop();
        string? cancelled = session.Cancel();
        console.Write(cancelled is null ? "^C " + Leave
            : $"^C {cancelled}" + (isSecond ? " They end in a moment; 'exit' or Ctrl-D leaves." : ""));
    }
}
