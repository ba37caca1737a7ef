namespace Assay.Tests.Annotations;

public sealed class NoteTests : IDisposable
{
    private readonly AnnotatedStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_note_stands_beside_the_journals_and_with_the_run_from_then_on()
    {
        await _store.RunAsync();
        string[] before = JournalText.Files(_store.Path).Select(File.ReadAllText).ToArray();
        RunRecord run = _store.Run(3);
        Assert.Empty(run.Notes);
        RunNote first = _store.Store.Note(run, "größe: \"odd\"\nsecond line \ud800");
        _store.Store.Note(run, "again");

        Assert.Equal(["größe: \"odd\"\nsecond line \ud800", "again"], _store.Run(3).Notes.Select(n => n.Text));
        Assert.Equal(first, _store.Run(3).Notes[0]);
        Assert.Empty(run.Notes);
        Assert.Empty(_store.Run(4).Notes);
        Assert.Equal(before, JournalText.Files(_store.Path).Select(File.ReadAllText));
    }

    [Fact]
    public async Task A_line_has_the_envelope_of_every_line()
    {
        await _store.RunAsync(head: 1);
        RunRecord run = _store.Run(0);
        _store.Store.Note(run, "good");
        System.Text.Json.JsonElement line = Assert.Single(JournalText.LinesOf(Assert.Single(Directory.GetFiles(_store.Folder))));
        Assert.Equal(
            ["schema_version", "assay_version", "run_id", "experiment_name", "kind", "value", "created_at", "elapsed_ms", "crc32c"],
            line.EnumerateObject().Select(p => p.Name));
        Assert.Equal((run.Id, "annotation"), (line.RunId(), line.Kind()));
        Assert.Equal(
            $$"""{"note":"good","journal":"{{Path.GetFileName(run.Journal)}}","attempt":1}""", line.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task Tags_are_added_and_taken_away_also_those_of_the_run_itself()
    {
        await _store.RunAsync();
        Store store = _store.Store;
        Assert.Equal(["odd", "good", "b, c"], store.Tag(_store.Run(3), ["good", "b, c"]));
        Assert.Equal(["good", "b, c"], store.Tag(_store.Run(3), [], ["odd", "never there"]));
        Assert.Equal(["even", "good"], store.Tag(_store.Run(2), ["good"]));

        Assert.Equal(["good", "b, c"], _store.Run(3).Tags);
        Assert.Equal([2L, 3L], store.LoadAll().Tagged("good").Select(r => (long)r.Params["n"]!).Order());
        Assert.Equal([1L, 5L], store.LoadAll().Tagged("odd").Select(r => (long)r.Params["n"]!).Order());
        Table table = store.LoadAll().ToTable();
        int row = Enumerable.Range(0, table.RowCount).Single(i => Equals(table["param_n"][i], 3L));
        Assert.Equal("good,b, c", table["tags"][row]);
    }

    [Fact]
    public async Task The_column_of_tags_goes_with_the_last_tag_and_comes_with_the_first()
    {
        await _store.RunAsync(head: 2);
        Store store = _store.Store;
        store.Tag(_store.Run(0), [], ["even"]);
        store.Tag(_store.Run(1), [], ["odd"]);
        Assert.DoesNotContain("tags", store.LoadAll().ToTable().Columns.Select(c => c.Name));
        Assert.All(store.LoadAll(), run => Assert.Empty(run.Tags));
        store.Tag(_store.Run(1), ["new"]);
        Column tags = store.LoadAll().Sort("n").ToTable()["tags"];
        Assert.Equal([null, "new"], [tags[0], tags[1]]);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_writes_nothing()
    {
        await _store.RunAsync(head: 1);
        Assert.Equal(["even"], _store.Store.Tag(_store.Run(0), ["even"], ["odd"]));
        Assert.False(Directory.Exists(_store.Folder));
    }

    [Fact]
    public async Task A_record_read_long_ago_does_not_undo_what_was_said_since()
    {
        await _store.RunAsync(head: 1);
        RunRecord old = _store.Run(0);
        _store.Store.Tag(_store.Run(0), ["a"], ["even"]);
        Assert.Equal(["a", "b"], _store.Store.Tag(old, ["b"]));
        Assert.Equal(["a", "b"], _store.Run(0).Tags);
    }

    [Fact]
    public async Task What_answers_something_counts_as_later_whatever_the_clocks_say()
    {
        await _store.RunAsync(head: 1);
        Store InYear(int year) => Store.Open(_store.Path, new StandingClock(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Store ahead = InYear(2090), behind = InYear(2020);
        ahead.Tag(_store.Run(0), ["good"]);
        behind.Tag(_store.Run(0), [], ["good"]);
        Assert.Equal(["even"], _store.Run(0).Tags);
        ahead.Remove(_store.Run(0));
        behind.Restore(behind.Removed());
        Assert.Equal("0", _store.Shown);
        behind.Note(_store.Run(0), "last");
        Assert.Equal("last", _store.Run(0).Notes[^1].Text);
    }

    [Fact]
    public async Task Nonsense_is_refused_with_what_was_expected_and_nothing_is_written()
    {
        await _store.RunAsync(head: 1);
        using var other = new AnnotatedStore();
        await other.RunAsync(head: 1);
        Store store = _store.Store;
        RunRecord run = _store.Run(0);
        Assert.Equal(
            "the note is ' '; expected a text that is not blank.", Assert.Throws<AssayException>(() => store.Note(run, " ")).Message);
        Assert.Equal(
            "a tag is ''; expected one that is not blank.", Assert.Throws<AssayException>(() => store.Tag(run, ["a", ""])).Message);
        Assert.Equal(
            "the tag 'a' is to be added and taken away; expected one of the two.",
            Assert.Throws<AssayException>(() => store.Tag(run, ["a"], ["a"])).Message);
        Assert.Equal(
            $"run {run.Id} was read from the store '{other.Path}'; expected a run of '{_store.Path}'. Use the store it is of.",
            Assert.Throws<AssayException>(() => store.Note(other.Run(0), "x")).Message);
        Assert.False(Directory.Exists(_store.Folder));
    }

    [Fact]
    public async Task Notes_of_a_run_that_is_under_way_stay_with_it()
    {
        using var folder = new TempFolder();
        using TestProgram program = TestProgram.Start(folder.Path, "track", "wait", folder.File("store"));
        program.WaitForError("ready");
        var store = Store.Open(folder.File("store"));
        store.Note(Assert.Single(store.LoadAll()), "looks good so far");
        store.Tag(Assert.Single(store.LoadAll()), ["watched"]);
        program.WriteLine("");
        program.WaitForEnd();
        RunRecord run = Assert.Single(store.LoadAll());
        Assert.Equal("looks good so far", Assert.Single(run.Notes).Text);
        Assert.Equal(["watched"], run.Tags);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Damaged_lines_are_skipped_counted_and_told_and_the_others_count()
    {
        await _store.RunAsync(head: 2);
        string journal = Path.GetFileName(_store.Run(0).Journal), id = _store.Run(0).Id;
        _store.Store.Note(_store.Run(0), "first");
        string file = Path.Combine(_store.Folder, "20260101-000000-other.jsonl");
        string Line(string value) =>
            $$"""{"schema_version":1,"assay_version":"9","run_id":"{{id}}","experiment_name":"sample","kind":"annotation","value":"""
                + $$"""{{value}},"created_at":"2026-01-01T00:00:00.0000000+00:00","elapsed_ms":0}""";
        string[] lines =
        [
            "ruin", Line("[]"), Line("""{"note":7}"""),
            Line($$"""{"tags":{"add":["x"],"remove":"y"},"journal":"{{journal}}","attempt":1}"""),
            Line("""{"removed":[{"journal":"x"}]}"""),
            Line($$"""{"removed":[{"journal":"{{journal}}","attempt":0}]}"""), Line("""{"restored":{}}"""), Line("""{"freed":7}"""),
            Line("""{"unknown":1}"""), Line("""{"note":"by another program"}"""), "", Line("""{"note":"torn"}""")[..70],
        ];
        File.WriteAllText(file, string.Join('\n', lines));
        Results all = _store.Store.LoadAll();
        Assert.Equal(["by another program", "first"], all.Filter(new { n = 0 })[0].Notes.Select(n => n.Text));
        Assert.Equal("0 1", _store.Shown);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => (file, (long)n)), all.Damage.Select(d => (d.File, d.Line)));
        Assert.Equal("2", string.Join(' ', await _store.RunAsync(head: 3)));
    }

    [SmallDiskFact]
    public async Task On_a_read_only_disk_nothing_is_said_and_nothing_changes()
    {
        using var disk = new SmallDisk(4 << 20);
        Experiment<int> pair = Experiment.Create<int>("pair", (n, run) => run.Metric("n", n)).Over(Space.Values(1, 2));
        await pair.RunAsync(TestStore.OptionsFor(disk.Store));
        disk.MakeReadOnly();
        var store = Store.Open(disk.Store);
        RunRecord run = store.LoadAll()[0];
        foreach (Action change in (Action[])[() => store.Note(run, "x"), () => store.Tag(run, ["x"]), () => store.Remove(run)])
        {
            StoreException fault = Assert.Throws<StoreException>(change);
            Assert.StartsWith($"cannot write '{disk.Store}", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith("Nothing was changed.", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2, store.LoadAll().Count);
    }

    [SmallDiskFact]
    public async Task On_a_full_disk_all_runs_are_removed_or_none()
    {
        using var disk = new SmallDisk(1 << 20);
        await Experiment.Create<int>("many", (n, run) => run.Metric("n", n)).Over(Space.From(Enumerable.Range(0, 500)))
            .RunAsync(TestStore.OptionsFor(disk.Store));
        var store = Store.Open(disk.Store);
        Results all = store.LoadAll();
        // Room for some of the lines and not for all.
        using (FileStream ballast = File.Create(Path.Combine(disk.Path, "ballast")))
        {
            Assert.Throws<IOException>(() => Fill(ballast));
            ballast.SetLength(Math.Max(0, ballast.Length - (64 << 10)));
        }

        Assert.Throws<StoreException>(() => store.Remove([.. all]));
        Assert.Equal(500, store.LoadAll().Count);
        Assert.Empty(store.Removed());
        File.Delete(Path.Combine(disk.Path, "ballast"));
        store.Remove([.. all]);
        Assert.Empty(store.LoadAll());
    }

    private static void Fill(FileStream file)
    {
        for (byte[] block = new byte[4096]; ; file.Write(block)) file.Flush();
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
