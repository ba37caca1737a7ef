using System.Globalization;

namespace Assay.TestPrograms;

/// <summary>
/// <c>keep note STORE NAME COUNT</c> notes something about the first run so many times, and changes tags of the others;
/// <c>keep clean STORE</c> frees what it can. Prints <c>ack TEXT.</c> for each note that is kept, and <c>cleaning</c> before it frees. Made
/// to be killed at any moment. <c>keep make STORE COUNT</c> tracks so many runs, two for each change of the repository it is started in.
/// </summary>
internal static class KeepProgram
{
    public static int Run(string[] arguments)
    {
        if (arguments[0] == "make") return Make(arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var store = Store.Open(arguments[1]);
        if (arguments[0] == "clean")
        {
            Cleanup plan = store.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero, Parts = [new SnapshotPart()] });
            Console.WriteLine("cleaning");
            Console.WriteLine($"freed {plan.Run().Freed.Count}");
            return 0;
        }

        Results all = store.LoadAll();
        for (int i = 0; i < int.Parse(arguments[3], CultureInfo.InvariantCulture); i++)
        {
            string text = $"{arguments[2]}-{i.ToString(CultureInfo.InvariantCulture)}";
            store.Note(all[0], text);
            store.Tag(all[1], [text]);
            store.Tag(all[2], [$"{arguments[2]}-last-{i % 2}"], [$"{arguments[2]}-last-{1 - (i % 2)}"]);
            Console.WriteLine($"ack {text}.");
        }

        return 0;
    }

    private static int Make(string store, int count)
    {
        for (int n = 0; n < count; n++)
        {
            File.WriteAllText("code.txt", $"change {(n / 2).ToString(CultureInfo.InvariantCulture)}");
            using Run run = Assay.Run.Start("lone", new { n }, options: new() { Store = store });
            run.Artifact("own", $"of run {n.ToString(CultureInfo.InvariantCulture)}");
            run.Artifact("common", "the same in every run");
        }

        return 0;
    }
}
