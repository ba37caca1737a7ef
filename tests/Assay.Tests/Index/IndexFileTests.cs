namespace Assay.Tests.Index;

/// <summary>The index on disk: what it is, and that nothing that becomes of it changes results.</summary>
public class IndexFileTests
{
    private const int Runs = 60;

    private static readonly Experiment<int> Sample = Experiment
        .Create<int>("sample", (n, run) =>
        {
            if (n % 7 == 3) throw new InvalidOperationException($"no {n}");
            run.Metric("half", n / 2.0);
            run.Metric("name", $"n{n % 5}");
            if (n % 2 == 0) run.Metric("any", n);
            else run.Metric("any", "odd");
            run.Tag(n % 2 == 0 ? "even" : "odd");
        })
        .Over(Space.From(Enumerable.Range(0, Runs)));

    public IndexFileTests() => IndexOptions.Ambient = new IndexOptions { WorthWriting = 1, SegmentRows = 25 };

    [Fact]
    public async Task Any_changed_byte_of_any_file_leaves_results_as_they_are()
    {
        using var store = new TestStore();
        string expected = await Indexed(store);
        string[] files = [.. Files(store).Select(Path.GetFileName)!];
        Dictionary<string, byte[]> whole = files.ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(Folder(store), f)));
        var random = new Random(1);
        foreach ((string file, byte[] bytes) in whole)
        {
            for (int round = 0; round < 40; round++)
            {
                // Others may have been removed as no longer named.
                foreach ((string other, byte[] content) in whole) IndexTrouble.Write(Path.Combine(Folder(store), other), content);
                byte[] changed = [.. bytes];
                changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                IndexTrouble.Write(Path.Combine(Folder(store), file), changed);
                Assert.Equal(expected, Everything(store.Load()));
            }
        }
    }

    [Fact]
    public async Task A_segment_is_full_when_the_text_in_it_is_much_however_few_its_rows_are()
    {
        IndexOptions.Ambient = new IndexOptions { WorthWriting = 1, SegmentBytes = 100_000 };
        using var store = new TestStore();
        Experiment<int> wordy = Experiment
            .Create<int>("wordy", (n, run) =>
            {
                run.Metric("half", n / 2.0);
                run.Metric("any", n);
                run.Metric("answer", $"{n:00} " + new string((char)('a' + (n % 26)), 30_000));
            })
            .Over(Space.From(Enumerable.Range(0, 40)));
        await wordy.RunAsync(store.Options);
        Results results = store.Load();
        Assert.Equal(
            Enumerable.Range(0, 40).Select(n => $"{n:00} " + new string((char)('a' + (n % 26)), 30_000)),
            results.Select(run => (string)run.Metrics["answer"]!).Order(StringComparer.Ordinal));
        string[] segments = [.. Files(store).Where(f => f.EndsWith(".arrow", StringComparison.Ordinal))];
        Assert.InRange(segments.Length, 8, 14);
        string expected = Everything(results);
        Assert.Equal(expected, Everything(store.Load()));
        Directory.Delete(Folder(store), recursive: true);
        Assert.Equal(expected, Everything(store.Load()));
    }

    [Fact]
    public async Task Unfinished_last_lines_alone_are_no_reason_to_write_the_index_again()
    {
        IndexOptions.Ambient = new IndexOptions { WorthWriting = 1, JournalsWorthWriting = 1 };
        using var store = new TestStore();
        await Sample.RunAsync(store.Options);
        File.AppendAllText(JournalText.Only(store.Path), "{\"schema_version\":1,\"run_");
        string expected = Everything(store.Load());
        DateTime before = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string[] files = Files(store);
        foreach (string file in files) File.SetLastWriteTimeUtc(file, before);
        Assert.Equal(expected, Everything(store.Load()));
        Assert.Equal(files, Files(store));
        Assert.All(files, file => Assert.Equal(before, File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public void A_line_without_an_experiment_may_follow_one_whose_experiment_is_written_with_escapes()
    {
        using var store = new TestStore();
        Directory.CreateDirectory(Path.Combine(store.Path, "runs"));
        File.WriteAllText(Path.Combine(store.Path, "store.json"), "{\"format\":1}");
        string Line(char id, string experiment) =>
            $$"""{"run_id":"{{new string(id, 32)}}",{{experiment}}"kind":"run_start","value":{},"created_at":"2026-01-02T03:04:05Z"}""";
        string[] lines = [Line('1', "\"experiment_name\":\"a\\\"b\","), Line('2', "")];
        File.WriteAllLines(Path.Combine(store.Path, "runs", "other.jsonl"), lines);
        Results results = store.Load();
        Assert.Empty(results.Damage);
        Assert.Equal(["a\"b", ""], results.Select(r => r.Experiment));
    }

    [Fact]
    public async Task Rows_of_journals_that_are_gone_leave_the_index()
    {
        using var store = new TestStore();
        await Indexed(store);
        File.Delete(JournalText.Only(store.Path));
        await Experiment.Create<int>("later", (n, run) => run.Metric("half", n / 2.0)).Over(Space.From(Enumerable.Range(0, 10)))
            .RunAsync(store.Options);
        Assert.Equal(10, store.Load().Count);
        IndexState state = IndexState.Read(Folder(store));
        Assert.Equal(10, state.Segments.Sum(s => s.Rows));
    }

    [Fact]
    public async Task A_damaged_segment_is_noticed_when_it_is_opened_and_the_index_is_written_anew()
    {
        using var store = new TestStore();
        string expected = await Indexed(store);
        string[] damaged = [.. Files(store).Where(f => f.EndsWith(".arrow", StringComparison.Ordinal))];
        foreach (string file in damaged)
        {
            // The metadata stays whole: only values change.
            IndexTrouble.Replace(file, bytes =>
            {
                for (int i = 2000; i < bytes.Length - 6000; i += 8) bytes[i] ^= 1;
                return bytes;
            });
        }

        Results results = store.Load();
        Assert.Equal(31 - 5, results.Filter("half", min: 5, max: 20).Count);
        Assert.Equal(expected, Everything(results));
        IndexState state = IndexState.Read(Folder(store));
        Assert.Equal(Runs, state.Segments.Sum(s => s.Rows));
        Assert.DoesNotContain(state.Segments, s => damaged.Any(file => Path.GetFileName(file) == s.File));
        Assert.Equal(expected, Everything(store.Load()));
    }

    [Fact]
    public async Task A_segment_that_is_replaced_between_state_and_opening_costs_other_experiments_nothing()
    {
        using var store = new TestStore();
        await Indexed(store);
        await Experiment.Create<int>("other", (n, run) => run.Metric("half", n / 2.0)).Over(Space.From(Enumerable.Range(0, 10)))
            .RunAsync(store.Options);
        Assert.Equal(Runs + 10, Store.Open(store.Path).LoadAll().Count);
        int rows = IndexState.Read(Folder(store)).Segments.Sum(s => s.Rows);
        int calls = 0;
        RunIndex.Read(
            JournalSnapshot.Take(new FileStorage(store.Path), TimeProvider.System),
            _ =>
            {
                if (calls++ == 0) Replace(Folder(store), "sample");
                return head => head.Experiment == "sample";
            },
            TimeProvider.System);
        Assert.Equal(2, calls);
        Assert.Equal(Runs + 10, rows);
        Assert.Equal(rows, IndexState.Read(Folder(store)).Segments.Sum(s => s.Rows));
    }

    [Fact]
    public async Task A_fault_that_is_not_of_the_index_is_reported_at_once()
    {
        using var store = new TestStore();
        await Indexed(store);
        int calls = 0;
        var snapshot = JournalSnapshot.Take(new FileStorage(store.Path), TimeProvider.System);
        Assert.Throws<StoreException>(() => RunIndex.Read(
            snapshot, _ => throw new StoreException($"the storage cannot be read ({++calls})"), TimeProvider.System));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task An_old_segment_that_is_replaced_stays_for_readers_that_have_read_the_state_before()
    {
        using var store = new TestStore();
        await Indexed(store);
        string[] old = [.. Files(store).Where(f => f.EndsWith(".arrow", StringComparison.Ordinal))];
        foreach (string file in old) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        IndexOptions.Ambient = new IndexOptions { WorthWriting = 1, SmallSegments = 2 };
        await Sample.RunAsync(store.Options with { Resume = ResumeMode.All, Head = 5 });
        Assert.Equal(Runs, store.Load().Count);
        Assert.Empty(IndexState.Read(Folder(store)).Segments.Select(s => s.File).Intersect(old.Select(Path.GetFileName)));
        Assert.All(old, file => Assert.True(File.Exists(file)));
    }

    // As another process does that puts them together.
    private static void Replace(string folder, string experiment)
    {
        IndexState state = IndexState.Read(folder);
        SegmentInfo[] old = [.. state.Segments.Where(s => s.Experiment == experiment)];
        Assert.NotEmpty(old);
        foreach (SegmentInfo segment in old) File.Move(Path.Combine(folder, segment.File), Path.Combine(folder, "new-" + segment.File));
        (state with { Segments = [.. state.Segments.Except(old), .. old.Select(s => s with { File = "new-" + s.File })] }).Write(folder);
    }

    [Fact]
    public async Task An_index_of_another_format_is_written_anew()
    {
        using var store = new TestStore();
        string expected = await Indexed(store);
        string state = Path.Combine(Folder(store), "state.json");
        string text = await File.ReadAllTextAsync(state);
        string body = text[22..].Replace("\"format\":3", "\"format\":99", StringComparison.Ordinal);
        uint sum = Crc32C.Append(0, System.Text.Encoding.UTF8.GetBytes(body));
        await File.WriteAllTextAsync(state, $"{{\"checksum\":\"{sum:x8}\"{body}");
        Assert.Equal(expected, Everything(store.Load()));
        Assert.Contains("\"format\":3", await File.ReadAllTextAsync(state), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_copied_with_or_without_its_index_shows_the_same()
    {
        using var store = new TestStore();
        string expected = await Indexed(store);
        foreach (bool withIndex in (bool[])[true, false])
        {
            string copy = store.File($"copy-{withIndex}");
            foreach (string file in Directory.GetFiles(store.Path, "*", SearchOption.AllDirectories))
            {
                string to = Path.Combine(copy, Path.GetRelativePath(store.Path, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                if (withIndex || !file.Contains("index", StringComparison.Ordinal)) File.Copy(file, to);
            }

            Assert.Equal(expected, Everything(Store.Open(copy).LoadAll()));
        }
    }

    [Fact]
    public async Task What_is_in_the_index_is_not_read_again()
    {
        using var store = new TestStore();
        await Indexed(store);
        string[] files = Files(store);
        Assert.Equal(3 + 1, files.Length);
        _ = store.Load().ToTable();
        Assert.Equal(files, Files(store));
        await Sample.RunAsync(store.Options with { Resume = ResumeMode.All, Head = 5 });
        Assert.Equal(5, store.Load().Count(r => r.Attempts == 2));
        Assert.Equal(files, Files(store).Intersect(files));
        Assert.Equal(files.Length + 1, Files(store).Length);
    }

    [Fact]
    public async Task Other_programs_find_columns_by_their_names()
    {
        using var store = new TestStore();
        await Indexed(store);
        Table table = Table.Concat([.. Files(store).Where(f => f.EndsWith(".arrow", StringComparison.Ordinal)).Select(f => Table.Load(f))]);
        Assert.Equal(Runs, table.RowCount);
        Assert.Subset(
            table.Columns.Select(c => c.Name).ToHashSet(),
            new HashSet<string>
            {
                "run_id", "status", "attempt", "started_at", "journal", "start_offset", "experiment", "param_n", "half", "name", "any",
                "tags", "error_type",
            });
        Assert.Equal(ColumnType.Double, table["half"].Type);
        Assert.Equal("success", table["status"][0]);
    }

    [SmallDiskFact]
    public async Task A_read_only_store_shows_the_same_with_and_without_an_index()
    {
        using var disk = new SmallDisk(4 << 20);
        await Sample.RunAsync(TestStore.OptionsFor(disk.Store) with { Head = 30 });
        string expected = Everything(Store.Open(disk.Store).LoadAll());
        disk.MakeReadOnly();
        Assert.Equal(expected, Everything(Store.Open(disk.Store).LoadAll()));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_done_without()
    {
        using var store = new TestStore();
        await Sample.RunAsync(store.Options);
        string expected = Everything(store.Load());
        Directory.Delete(Path.Combine(store.Path, "index"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(store.Path, "index"), "a file where a folder should be refuses everybody");
        Assert.Equal(expected, Everything(store.Load()));
    }

    [Fact]
    public async Task Readers_at_once_see_whole_runs_while_others_write()
    {
        using var store = new TestStore();
        await Sample.RunAsync(store.Options with { Head = 2 });
        using var stop = new CancellationTokenSource();
        var counts = new System.Collections.Concurrent.ConcurrentBag<int>();
        // On threads of their own: loops that keep the pool busy would keep the engine from it.
        Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() =>
        {
            for (int last = 0; !stop.IsCancellationRequested;)
            {
                Results results = store.Load();
                Table table = results.ToTable();
                Assert.Equal(results.Count, table.RowCount);
                Assert.Equal(results.Count, results.Select(r => r.Id).Distinct().Count());
                Assert.True(results.Count >= last);
                last = results.Count;
                counts.Add(last);
            }
        }, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int head = 10; head <= Runs; head += 10)
            await Sample.RunAsync(store.Options with { Head = head, Resume = ResumeMode.Missing });
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        Assert.NotEmpty(counts);
        IndexComparison.Same(PlainReading.Of(store.Path, null, _ => false), store.Load());
    }

    private static async Task<string> Indexed(TestStore store)
    {
        IndexOptions.Ambient = IndexOptions.Ambient with { WorthWriting = long.MaxValue, JournalsWorthWriting = int.MaxValue };
        await Sample.RunAsync(store.Options with { Parallel = 1 });
        string expected = Everything(store.Load());
        Assert.Empty(Files(store));
        IndexOptions.Ambient = new IndexOptions { WorthWriting = 1, SegmentRows = 25 };
        Assert.Equal(expected, Everything(store.Load()));
        Assert.NotEmpty(Files(store));
        return expected;
    }

    private static string Folder(TestStore store) => Path.Combine(store.Path, "index", "runs");

    private static string[] Files(TestStore store) => new IndexTrouble(store.Path, 0).Files;

    private static string Everything(Results results)
    {
        using var stream = new MemoryStream();
        results.ToTable().Write(stream, TableFormat.Csv);
        IEnumerable<string> groups = results.Stats([RunField.Parse("name")], null)
            .Select(g => $"{g.Key.Values.Single()} {g.Successful} {string.Join(", ", g.Metrics.Select(m => $"{m.Key} {m.Value}"))}");
        IEnumerable<string> sorted = results.Tagged("even").Sort("half", descending: true).ReadIds().Select(Fingerprint.Hex);
        return string.Join('\n', [System.Text.Encoding.UTF8.GetString(stream.ToArray()), .. groups, results.Best("half").Id, .. sorted]);
    }
}
