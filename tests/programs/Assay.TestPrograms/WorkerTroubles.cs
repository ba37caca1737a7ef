using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Assay.TestPrograms;

/// <summary>
/// What a worker of <see cref="ProcessesProgram"/> can meet: <c>mute</c> loses its pipe before run 3 ends, <c>unborn</c> dies once and
/// <c>stillborn</c> always before run 3 starts, <c>orphan</c> leaves a process behind that holds its output (its id is in the file
/// <c>orphan</c>), <c>term</c> gets SIGTERM and SIGHUP, <c>child</c> starts a program that looks for an order, <c>slow</c> does not come to
/// serve (it makes the file <c>slow</c>), <c>group</c>: the second worker sends the coordinator SIGTERM and ends while the first run is
/// under way, <c>stays</c>: run 3 makes the file <c>busy</c> and goes on until there is a file <c>go</c>.
/// </summary>
internal sealed class WorkerTroubles(string store, string what, bool isWorker)
{
    private static readonly string Coordinator = Environment.GetEnvironmentVariable("COORDINATOR")
        ?? Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private int _asked;

    /// <returns>The exit code to leave with before serving; null to go on.</returns>
    public int? LeavesEarly()
    {
        Environment.SetEnvironmentVariable("COORDINATOR", Coordinator);
        if (!isWorker) return null;
        if (what == "exit") return 5;
        if (what == "slow")
        {
            Marks("slow");
            Thread.Sleep(TimeSpan.FromMinutes(10));
        }

        if (what != "group" || Marks("group")) return null;
        while (!File.Exists(Mark("busy"))) Thread.Sleep(10);
        Shell($"kill -TERM {Coordinator}");
        return 143;
    }

    public int Point(int n)
    {
        // The first time is when the plan is checked, before anything is served.
        if (n == 3 && isWorker && Interlocked.Increment(ref _asked) > 1 && (what == "stillborn" || (what == "unborn" && Marks(
            "unborn")))) Process.GetCurrentProcess().Kill();
        return n;
    }

    public void InAny(RunContext run)
    {
        if (what != "group" || !Marks("busy")) return;
        run.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(3));
        run.ThrowIfCancelled();
    }

    public void InThird()
    {
        if (what == "mute") CloseSockets();
        if (what == "stays" && Marks("busy"))
        {
            while (!File.Exists(Mark("go"))) Thread.Sleep(20);
        }

        if (what == "term") Shell($"kill -TERM {Environment.ProcessId}; kill -HUP {Environment.ProcessId}; sleep 1");
        if (what == "child" && Shell("test -z \"$ASSAY_WORK_ORDER\"") != 0) throw new InvalidOperationException("the order is handed on");
        if (what != "orphan") return;
        Shell($"setsid sleep 600 & echo $! > '{Mark("orphan")}'");
        Environment.FailFast("a crash on purpose");
    }

    // By now the pipe has told where the journal is; what the run comes to will only stand there.
    private static void CloseSockets()
    {
        Thread.Sleep(1000);
        foreach (string descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            string target = File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name ?? "";
            if (!target.StartsWith("socket:", StringComparison.Ordinal)) continue;
            using var handle =
                new SafeSocketHandle(int.Parse(Path.GetFileName(descriptor), CultureInfo.InvariantCulture), ownsHandle: false);
            try
            {
                using var socket = new Socket(handle);
                socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // One that is not connected is not the pipe.
            }
        }
    }

    private static int Shell(string script)
    {
        using Process shell = Process.Start("/bin/sh", ["-c", script]);
        shell.WaitForExit();
        return shell.ExitCode;
    }

    private string Mark(string name) => Path.Combine(Path.GetDirectoryName(store)!, name);

    private bool Marks(string name)
    {
        try
        {
            File.Open(Mark(name), FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
