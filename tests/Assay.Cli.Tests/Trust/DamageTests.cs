using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Cli.Tests.Trust;

/// <summary>
/// A disk that lies: bits of journals flip, and journals are cut. Whatever is answered is either what was recorded, or comes with a remark;
/// with an index and without, whether the time of the file tells of the change or not.
/// </summary>
public sealed class DamageTests : IDisposable
{
    private const int Runs = 40;
    private const int Flips = 2000;
    private const int Cuts = 500;
    private static readonly string[][] Questions =
    [
        ["ls", "--json"], ["best", "accuracy", "--json"], ["show", "RUN", "--json"], ["history", "RUN", "loss", "--json"],
    ];

    private readonly TempFolder _folder = new();
    private readonly string _journal;
    private readonly byte[] _sound;
    private readonly DateTime _time;
    private readonly string _run;
    private readonly Dictionary<string, JsonNode> _answers = [];

    public DamageTests()
    {
        Results results = Experiment
            .Create("iris", "1", (double rate, RunContext run) =>
            {
                for (int step = 0; step < 5; step++) run.Metric("loss", rate / (step + 1), step);
                run.Metric("accuracy", 1 - rate);
            })
            .Over(Space.Values([.. Enumerable.Range(1, Runs).Select(i => i / 100.0)]))
            .RunAsync(new RunOptions { Store = Store, Progress = ProgressMode.None, Snapshot = SnapshotOptions.Off, Parallel = 1 })
            .GetAwaiter().GetResult();
        _run = results[Runs / 2].Id;
        _journal = Directory.GetFiles(Path.Combine(Store, "runs")).Single();
        _sound = File.ReadAllBytes(_journal);
        _time = DateTime.UtcNow.AddHours(-1);
        Restore(_sound);
        foreach (string[] question in Questions) _answers[question[0]] = Ask(question).Answer!;
    }

    private string Store => _folder.File("store");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void No_flipped_bit_changes_an_answer_without_a_remark(bool indexed, bool keepsTime)
    {
        var random = new Random(20261130);
        int remarked = 0;
        for (int i = 0; i < Flips / 3 + 1; i++)
        {
            byte[] damaged = [.. _sound];
            int at = random.Next(damaged.Length), bit = random.Next(8);
            damaged[at] ^= (byte)(1 << bit);
            if (Told(damaged, indexed, keepsTime, $"bit {bit} of byte {at}", Questions[i % Questions.Length])) remarked++;
        }

        // The damage was not all in places that no answer shows.
        if (!indexed) Assert.InRange(remarked, Flips / 6, Flips);
    }

    [Theory]
    [InlineData("show", "RUN", "--json")]
    [InlineData("series", "loss", "--json")]
    public void A_flipped_bit_where_a_checksum_begins_is_remarked(params string[] question)
    {
        const int Checksum = 22;
        _answers[question[0]] = Ask(question).Answer!;
        string text = System.Text.Encoding.ASCII.GetString(_sound);
        int line = text.IndexOf("\"kind\":\"series\"", text.IndexOf(_run, StringComparison.Ordinal), StringComparison.Ordinal);
        int end = text.IndexOf('\n', line);
        int remarked = 0;
        for (int at = end - Checksum; at < end; at++)
            foreach (int bit in (int[])[0, 5])
            {
                byte[] damaged = [.. _sound];
                damaged[at] ^= (byte)(1 << bit);
                if (Told(damaged, indexed: true, keepsTime: true, $"bit {bit} of byte {at}", question)) remarked++;
            }

        Assert.InRange(remarked, Checksum, 2 * Checksum);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_cut_changes_a_number_and_with_an_index_each_is_remarked(bool keepsTime)
    {
        var random = new Random(20261201);
        for (int i = 0; i < Cuts / 2; i++)
        {
            int length = random.Next(_sound.Length - 1);
            bool told = Told(_sound[..length], indexed: true, keepsTime, $"cut at {length}", ["ls", "--json"]);
            Assert.True(told, $"cut at {length}");
        }
    }

    // Whether the answer has a remark, or is a refusal.
    private bool Told(byte[] damaged, bool indexed, bool keepsTime, string what, string[] question)
    {
        string index = Path.Combine(Store, "index");
        if (Directory.Exists(index)) Directory.Delete(index, recursive: true);
        Restore(_sound);
        if (indexed)
        {
            IndexOptions.Ambient = new IndexOptions { WorthWriting = 1 };
            Assert.Equal(0, Ask(["ls", "--json"]).Exit);
            Assert.True(File.Exists(Path.Combine(index, "runs", IndexState.FileName)));
        }

        Restore(damaged);
        if (!keepsTime) File.SetLastWriteTimeUtc(_journal, _time.AddMinutes(1));
        (int exit, JsonNode? answer, string error) = Ask(question);
        Assert.True(exit is >= 0 and < ExitCodes.Unexpected, $"{what}: {string.Join(' ', question)} ended with {exit}: {error}");
        if (error.Length > 0) return true;
        bool isSame = JsonNode.DeepEquals(_answers[question[0]], answer);
        Assert.True(isSame, $"{what}: {string.Join(' ', question)} answers otherwise:\n{answer}");
        return false;
    }

    private void Restore(byte[] content)
    {
        using (FileStream file = new(_journal, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(content.Length);
            file.Write(content);
        }

        File.SetLastWriteTimeUtc(_journal, _time);
    }

    private (int Exit, JsonNode? Answer, string Error) Ask(string[] question)
    {
        string[] words = [.. question.Select(word => word == "RUN" ? _run : word)];
        ToolResult result = Tool.Run([.. words, "--store", Store]);
        try
        {
            JsonNode? answer = JsonNode.Parse(result.Out);
            // The lines are counted in the file as it is.
            foreach (string number in (string[])["start_line", "end_line"]) (answer?["journal"] as JsonObject)?.Remove(number);
            return (result.Exit, answer, result.Error);
        }
        catch (JsonException)
        {
            return (result.Exit, null, result.Error);
        }
    }
}
