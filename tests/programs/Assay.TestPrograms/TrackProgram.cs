using System.Globalization;

namespace Assay.TestPrograms;

/// <summary>Tracks a lone run and ends in the way it is told to.</summary>
internal static class TrackProgram
{
    public static int Run(string[] arguments)
    {
        if (arguments is ["many", var store, var number]) return Many(store, int.Parse(number, CultureInfo.InvariantCulture));
        Run run = Assay.Run.Start("lone", metadata: new { way = arguments[0] }, options: new()
        {
            Store = arguments[1],
            Snapshot = arguments.Length > 2 ? Enum.Parse<SnapshotKind>(arguments[2]) switch
            {
                SnapshotKind.Branch => SnapshotOptions.Branch,
                SnapshotKind.Shared => SnapshotOptions.Shared,
                _ => SnapshotOptions.None,
            } : TrackOptions.Default.Snapshot,
        });
        // Also from elsewhere the journal is the one the run began.
        Directory.SetCurrentDirectory(Path.GetTempPath());
        for (int i = 0; i < 100; i++) run.Track(new { step = i }, "in the loop");
        run.Metric("loss", 0.5, step: 100);
        switch (arguments[0])
        {
            case "dispose":
                run.Dispose();
                break;
            case "ended":
                run.Dispose();
                Console.Error.WriteLine("ready");
                Console.ReadLine();
                break;
            case "exit":
                AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                {
                    run.Dispose();
                    Console.WriteLine(Directory.EnumerateFiles("/proc/self/fd").Count(f => new FileInfo(f).LinkTarget?.EndsWith(
                        ".jsonl", StringComparison.Ordinal) == true));
                };
                break;
            case "wait":
                run.Flush();
                Console.Error.WriteLine("ready");
                Console.ReadLine();
                break;
            case "code":
                run.Metric("accuracy", 0.75);
                Environment.Exit(3);
                break;
            case "two":
                run.Metric("accuracy", 0.75);
                Assay.Run.Start("second", options: new() { Store = arguments[1], Snapshot = SnapshotOptions.Off }).Metric("accuracy", 0.5);
                break;
            case "throw":
                using (run) throw new InvalidOperationException("diverged");
        }

        return 0;
    }

    // As fast as it can; each is named when it has ended.
    private static int Many(string store, int number)
    {
        for (int i = 0; i < number; i++)
        {
            string id;
            using (Run run = Assay.Run.Start("many", options: new() { Store = store, Snapshot = SnapshotOptions.Off }))
            {
                run.Track(i);
                id = run.Id;
            }

            Console.WriteLine(id);
        }

        return 0;
    }
}
