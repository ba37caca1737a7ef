namespace Assay.Tests.Index;

/// <summary>Several processes open one store while another writes, and some of them die.</summary>
public class IndexProcessTests
{
    private const int Runs = 8000;

    [Fact]
    public async Task Readers_in_several_processes_some_of_them_killed_agree_on_what_a_writer_wrote_meanwhile()
    {
        using var store = new TestStore();
        using var folder = new TempFolder();
        Experiment<int> sample = Experiment
            .Create<int>("sample", (n, run) =>
            {
                Thread.Sleep(1);
                run.Metric("half", n / 2.0);
            })
            .Over(Space.From(Enumerable.Range(0, Runs)));
        Directory.CreateDirectory(store.Path);
        Task writing = Task.Run(() => sample.RunAsync(store.Options));
        while (!File.Exists(Path.Combine(store.Path, "store.json"))) await Task.Delay(10);
        var random = new Random(7);
        int before = 0;
        do
        {
            using var one = TestProgram.Start(folder.Path, "read", store.Path, "1000");
            using var other = TestProgram.Start(folder.Path, "read", store.Path, "3");
            string[] ended = other.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            int[] counts = [before, .. ended.Select(Count)];
            Assert.Equal(counts.Order(), counts);
            before = counts[^1];
            Assert.Equal(0, other.WaitForEnd());
            one.ReadLine();
            await Task.Delay(random.Next(50));
            one.Kill();
        }
        while (!writing.IsCompleted);
        await writing;

        string Read() => TestProgram.Run(folder.Path, "read", store.Path, "1").Output.Trim();
        string[] last = [.. Enumerable.Range(0, 3).AsParallel().Select(_ => Read())];
        Directory.Delete(Path.Combine(store.Path, "index"), recursive: true);
        string plain = Read();
        Assert.Equal(Runs, Count(plain));
        Assert.All(last, line => Assert.Equal(plain, line));
    }

    private static int Count(string line) => int.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
