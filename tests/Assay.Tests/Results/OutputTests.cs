namespace Assay.Tests.Reading;

/// <summary>Where the table of an experiment goes, and that a place it cannot go to is told before anything runs.</summary>
public sealed class OutputTests : IDisposable
{
    private static readonly string[] DesktopVariables = ["DISPLAY", "WAYLAND_DISPLAY"];

    private readonly TestStore _store = new();
    private readonly Experiment<int> _squares;
    private int _ran;

    public OutputTests() => _squares = Experiment.Create<int>("squares", (n, run) =>
    {
        _ran++;
        run.Row(new { square = n * n });
    }).Over(Space.Values(3));

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Many_that_save_in_one_moment_get_a_file_each()
    {
        var clock = new SteppingClock(TimeSpan.Zero);
        Table[] tables = [.. Enumerable.Range(0, 200).Select(i => Table.FromColumns(Column.Of("n", [i])))];
        Parallel.ForEach(
            tables, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            table => OutputFile.SaveIn(_store.File("tables"), table, "many", TableFormat.Csv, clock));
        Assert.Equal(
            Enumerable.Range(0, 200).Select(i => $"n\n{i}\n").Order(StringComparer.Ordinal),
            Directory.GetFiles(_store.File("tables")).Select(file => File.ReadAllText(file).ReplaceLineEndings("\n"))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named_and_not_its_temporary_file()
    {
        Results results = await _squares.RunAsync(_store.Options);
        File.WriteAllText(_store.File("taken"), "");
        foreach (string path in (string[])[_store.File("taken", "x.csv"), .. OperatingSystem.IsLinux() ? ["/proc/x.csv"] : (string[])[]])
        {
            IOException fault = Assert.Throws<IOException>(() => results.Save(path));
            Assert.StartsWith($"'{path}' cannot be written: ", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith(" Expected a writable place; choose another file.", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_folder_gets_a_file_of_the_format_that_is_asked_for()
    {
        await _squares.RunAsync(_store.Options with { Output = _store.File("tables/"), OutputFormat = TableFormat.Parquet });
        string file = Assert.Single(Directory.GetFiles(_store.File("tables")));
        Assert.Matches(@"^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d-\d{3}_squares\.parquet$", Path.GetFileName(file));
        Assert.Equal(9L, Table.Load(file)["square"][0]);
    }

    [Fact]
    public async Task The_format_that_is_asked_for_goes_before_the_ending()
    {
        await _squares.RunAsync(_store.Options with { Output = _store.File("table.dat"), OutputFormat = TableFormat.NdJson });
        Assert.Equal(9L, Table.Load(_store.File("table.dat"), TableFormat.NdJson)["square"][0]);
    }

    [Fact]
    public void A_format_alone_leads_to_the_folder_output() =>
        Assert.Equal("output", OutputFile.Place(new() { OutputFormat = TableFormat.Csv }));

    [Theory]
    [InlineData("file/table.csv")]
    [InlineData("file/")]
    [InlineData("file/deeper/still/table.csv")]
    public async Task A_place_that_cannot_be_written_is_told_before_anything_runs(string output)
    {
        File.WriteAllText(_store.File("file"), "");
        InvalidExperimentException fault = await Assert.ThrowsAsync<InvalidExperimentException>(
            () => _squares.RunAsync(_store.Options with { Output = _store.File(output) }));
        Assert.Contains($"'{_store.File("file")}' is a file and no folder", Assert.Single(fault.Faults), StringComparison.Ordinal);
        Assert.Equal(0, _ran);
    }

    [SmallDiskFact]
    public async Task A_disk_that_is_read_only_is_told_before_anything_runs()
    {
        using var disk = new SmallDisk(1 << 20);
        string folder = Path.GetDirectoryName(disk.Store)!;
        disk.MakeReadOnly();
        InvalidExperimentException fault = await Assert.ThrowsAsync<InvalidExperimentException>(
            () => _squares.RunAsync(_store.Options with { Output = Path.Combine(folder, "new", "table.csv") }));
        Assert.Contains("Read-only file system", Assert.Single(fault.Faults), StringComparison.Ordinal);
        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task Checking_a_place_leaves_nothing_there()
    {
        string place = _store.File("place");
        Directory.CreateDirectory(place);
        await Assert.ThrowsAsync<InvalidExperimentException>(
            () => _squares.RunAsync(_store.Options with { Output = Path.Combine(place, "new", "table.csv"), Parallel = 0 }));
        Assert.Empty(Directory.GetFileSystemEntries(place));
    }

    [Fact]
    public async Task A_clipboard_that_is_not_there_is_told_before_anything_runs()
    {
        // Elsewhere there always is one.
        if (!OperatingSystem.IsLinux()) return;
        Dictionary<string, string?> before = DesktopVariables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        InvalidExperimentException fault;
        try
        {
            foreach (string name in DesktopVariables) Environment.SetEnvironmentVariable(name, null);
            fault = await Assert.ThrowsAsync<InvalidExperimentException>(
                () => _squares.RunAsync(_store.Options with { OutputFormat = TableFormat.Clipboard }));
        }
        finally
        {
            foreach ((string name, string? value) in before) Environment.SetEnvironmentVariable(name, value);
        }

        Assert.Matches("^OutputFormat is Clipboard: There is no (clipboard|program for the clipboard)", Assert.Single(fault.Faults));
        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task A_place_that_goes_while_runs_go_on_costs_no_run()
    {
        string place = _store.File("place");
        Experiment<int> spoiler = Experiment.Create<int>("spoiler", (n, run) =>
        {
            File.WriteAllText(place, "");
            run.Metric("n", n);
        }).Over(Space.Values(3));
        AssayException fault = await Assert.ThrowsAsync<AssayException>(
            () => spoiler.RunAsync(_store.Options with { Output = Path.Combine(place, "table.csv") }));
        Assert.Contains("its runs are kept", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'assay export'", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3L, Assert.Single(Store.Open(_store.Path).Load("spoiler")).Metrics["n"]);
    }

    [Fact]
    public async Task A_failed_save_leaves_no_empty_file_behind()
    {
        Table.FromColumns(Column.Of("a", [1])).Save(_store.File("tables", "kept.csv"));
        Experiment<int> experiment = Experiment.Create<int>("late", (n, run) => run.Row(new { n })).Over(Space.Values(1));
        Results results = await experiment.RunAsync(_store.Options);
        Assert.ThrowsAny<Exception>(
            () => OutputFile.SaveIn(_store.File("tables"), results.Rows, "late", TableFormat.Excel, TimeProvider.System));
        Assert.Equal(["kept.csv"], Directory.GetFiles(_store.File("tables")).Select(Path.GetFileName));
    }
}
