using System.Text.Json;

namespace Assay.Tests.Capture;

public class DataTests
{
    [Fact]
    public Task Arrays_of_any_rank_come_back_with_type_and_shape() => Captured.By(
        run =>
        {
            run.Data("matrix", new[,] { { 1.5, double.NaN }, { double.PositiveInfinity, -2 }, { 0, 1e-300 } });
            run.Data("cube", new int[2, 2, 2] { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } });
            run.Data("image", new byte[,] { { 0, 255 }, { 7, 8 } });
            run.Data("words", new[,] { { "a", "b" } });
            run.Data("vector", new float[] { 1.5f, float.NaN });
            run.Data("jagged", new[] { new[] { 1 }, new[] { 2, 3 } });
            run.Data("truth", new[,] { { true, false } });
        },
        run =>
        {
            Assert.Equal(new[,] { { 1.5, double.NaN }, { double.PositiveInfinity, -2 }, { 0, 1e-300 } }, run.Data<double[,]>("matrix"));
            Assert.Equal(new int[2, 2, 2] { { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } }, run.Data<int[,,]>("cube"));
            Assert.Equal(new byte[,] { { 0, 255 }, { 7, 8 } }, run.Data<byte[,]>("image"));
            Assert.Equal(new[,] { { "a", "b" } }, run.Data<string[,]>("words"));
            Assert.Equal([1.5f, float.NaN], run.Data<float[]>("vector")!);
            Assert.Equal([[1], [2, 3]], run.Data<int[][]>("jagged")!);
            Assert.Equal(new[,] { { true, false } }, run.Data<bool[,]>("truth"));
        });

    [Fact]
    public Task An_array_without_elements_keeps_its_shape() => Captured.By(
        run =>
        {
            run.Data("none", new double[0, 3]);
            run.Data("empty", new double[2, 0]);
        },
        run =>
        {
            Assert.Equal((0, 3), (run.Data<double[,]>("none")!.GetLength(0), run.Data<double[,]>("none")!.GetLength(1)));
            Assert.Equal((2, 0), (run.Data<double[,]>("empty")!.GetLength(0), run.Data<double[,]>("empty")!.GetLength(1)));
        });

    [Fact]
    public async Task The_line_says_type_and_shape()
    {
        using var store = new TestStore();
        await Experiment.Create<int>("shape", (_, run) => run.Data("m", new float[2, 3])).Over(Space.Values(0)).RunAsync(store.Options);
        JsonElement value = JournalText.Lines(store.Path).Single(l => l.Kind() == "artifact").GetProperty("value");
        Assert.Equal("float32", value.GetProperty("dtype").GetString());
        Assert.Equal([2, 3], value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal("[[0,0,0],[0,0,0]]", value.GetProperty("data").GetRawText());
    }

    [Fact]
    public Task Records_with_lists_dictionaries_and_matrices_inside_come_back_equal() => Captured.By(
        run => run.Data("report", new Report("größe", [new Part(1, [0.5, double.NaN]), new Part(2, [])], new() { ["a"] = [1, 2] },
            new[,] { { 1, 2 }, { 3, 4 } }, Mode.Fast)),
        run =>
        {
            Report report = run.Data<Report>("report")!;
            Assert.Equal(("größe", Mode.Fast), (report.Name, report.Mode));
            Assert.Equal([0.5, double.NaN], report.Parts[0].Values);
            Assert.Equal([1, 2], report.Lists["a"]);
            Assert.Equal(new[,] { { 1, 2 }, { 3, 4 } }, report.Confusion);
        });

    [Fact]
    public async Task Data_beyond_sixteen_kilobytes_is_a_blob_and_smaller_data_stands_in_the_journal()
    {
        using var store = new TestStore();
        double[] small = [.. Enumerable.Range(0, 100).Select(i => i / 7.0)], large = [.. Enumerable.Range(0, 10_000).Select(i => i / 7.0)];
        Results results = await Experiment.Create<int>("sizes", (_, run) =>
        {
            run.Data("small", Enumerable.Range(0, 100).Select(i => i / 7.0).ToArray());
            run.Data("large", Enumerable.Range(0, 10_000).Select(i => i / 7.0).ToArray());
        }).Over(Space.Values(0)).RunAsync(store.Options);

        Assert.Equal(small, results[0].Data<double[]>("small"));
        Assert.Equal(large, results[0].Data<double[]>("large"));
        Assert.Equal(["", results[0].Artifacts[1].Sha256], results[0].Artifacts.Select(a => a.Sha256));
        Assert.Equal(64, results[0].Artifacts[1].Sha256.Length);
        Assert.True(new FileInfo(JournalText.Only(store.Path)).Length < 40_000);
    }

    [Fact]
    public Task The_last_value_of_a_name_counts() => Captured.By(
        run =>
        {
            run.Data("x", 1);
            run.Data("x", "two");
        },
        run => Assert.Equal("two", run.Data<string>("x")));

    [Theory]
    [InlineData("loop", "$.Next")]
    [InlineData("delegate", "$.Values.Handler")]
    [InlineData("key", "$.Map")]
    public async Task A_value_that_cannot_be_stored_fails_its_run_with_name_and_path(string what, string path)
    {
        string fault = await Captured.Fault(run => run.Data("value", what switch
        {
            "loop" => new Node().Loop(),
            "delegate" => new { Values = new[] { new { Handler = (Action)(() => { }) } } },
            _ => new { Map = new Dictionary<(int, int), int> { [(1, 2)] = 3 } },
        }));
        Assert.Contains("'value' cannot be stored as JSON", fault, StringComparison.Ordinal);
        Assert.True(fault.Contains(path, StringComparison.Ordinal), fault);
        Assert.Contains("run.Artifact", fault, StringComparison.Ordinal);
    }

    [Fact]
    public Task Reading_as_another_type_is_told() => Captured.By(
        run => run.Data("x", new[] { 1, 2 }),
        run =>
        {
            AssayException fault = Assert.Throws<AssayException>(() => run.Data<Report>("x"));
            Assert.Contains($"'x' of run {run.Id} cannot be read as Assay.Tests.Capture.DataTests.Report", fault.Message,
                StringComparison.Ordinal);
            Assert.Equal(2, run.Data<JsonElement>("x").GetArrayLength());
            Assert.Contains("cannot be read as System.Int32[,]", Assert.Throws<AssayException>(() => run.Data<int[,]>("x")).Message,
                StringComparison.Ordinal);
        });

    [Fact]
    public Task Nothing_is_a_value_too() => Captured.By(run => run.Data("x", null), run => Assert.Null(run.Data<string>("x")));

    public enum Mode { Slow, Fast }

    public sealed record Part(int Id, double[] Values);

    public sealed record Report(string Name, List<Part> Parts, Dictionary<string, int[]> Lists, int[,] Confusion, Mode Mode);

    private sealed class Node
    {
        public Node? Next { get; private set; }

        public Node Loop()
        {
            Next = this;
            return this;
        }
    }
}
