using Assay.Tests.Index;

namespace Assay.Tests.Annotations;

/// <summary>
/// Whatever is run, said, removed, restored and freed, in whatever order: a store shows what a plain model says, with its index and
/// without.
/// </summary>
public sealed class KeepingPropertyTests
{
    private const int Steps = 40;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 16)];

    public static TheoryData<int> FewSeeds => [.. Enumerable.Range(1, 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_store_shows_what_a_plain_model_says_with_its_index_and_without(int seed)
    {
        using var folder = new TestStore();
        Directory.CreateDirectory(Path.Combine(folder.Path, "runs"));
        File.WriteAllText(Path.Combine(folder.Path, "store.json"), """{"format":1}""");
        var random = new Random(seed);
        var model = new KeepingModel(folder.Path, random);
        var index = new IndexTrouble(folder.Path, seed);
        var small = new IndexOptions
        {
            WorthWriting = random.Next(2) == 0 ? 1 : 3000,
            SegmentRows = random.Next(1, 12),
            SmallSegments = random.Next(2, 5),
        };
        for (int step = 0; step < Steps; step++)
        {
            IndexOptions.Ambient = small;
            string what = Happen(Store.Open(folder.Path), model, random);
            if (random.Next(6) == 0) index.Happen();
            try
            {
                Compare(model, folder.Path);
                IndexOptions.Ambient = new IndexOptions { WorthWriting = long.MaxValue, JournalsWorthWriting = int.MaxValue };
                string aside = folder.File("aside");
                bool hasIndex = Directory.Exists(Path.Combine(folder.Path, "index"));
                if (hasIndex) Directory.Move(Path.Combine(folder.Path, "index"), aside);
                Compare(model, folder.Path);
                if (hasIndex) Directory.Move(aside, Path.Combine(folder.Path, "index"));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}, {what}: {fault.Message}", fault);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public async Task An_experiment_runs_exactly_what_is_not_there(int seed)
    {
        using var store = new AnnotatedStore();
        var random = new Random(seed);
        var present = new HashSet<int>();
        var removed = new HashSet<int>();
        for (int step = 0; step < 15; step++)
        {
            int head = random.Next(AnnotatedStore.Points + 1);
            int[] missing = [.. Enumerable.Range(0, head).Where(n => !present.Contains(n))];
            Assert.Equal(string.Join(' ', missing), await store.RunAsync(head));
            present.UnionWith(missing);
            int[] some = [.. present.Where(_ => random.Next(3) == 0)];
            store.Store.Remove([.. some.Select(store.Run)]);
            present.ExceptWith(some);
            removed.UnionWith(some);
            if (random.Next(3) == 0)
            {
                store.Store.Restore([.. store.Store.Removed().Where(r => r.FreedAt is null)]);
                present.UnionWith(removed);
                removed.Clear();
            }
            else if (random.Next(3) == 0)
            {
                store.Store.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero }).Run();
                removed.Clear();
            }

            Assert.Equal(string.Join(' ', present.Order()), store.Shown);
            Assert.All(
                present, n => Assert.Equal($"of run {n} alone {store.Run(n).Id} {store.Run(n).Attempt}", store.Run(n).ArtifactText("own")));
        }
    }

    private static string Happen(Store store, KeepingModel model, Random random)
    {
        Results all = store.LoadAll();
        int what = all.Count == 0 ? 0 : random.Next(12);
        switch (what)
        {
            case <= 2:
                model.Session();
                return "session";
            case <= 4:
                RunRecord noted = all[random.Next(all.Count)];
                string text = $"note {random.Next(1000)}";
                model.Note(noted, text);
                store.Note(noted, text);
                return "note";
            case <= 7:
                RunRecord tagged = all[random.Next(all.Count)];
                string tag = "abcd"[random.Next(4)].ToString();
                bool isAdded = random.Next(2) == 0;
                // A change that changes nothing is not said, and cannot come into force later.
                if (tagged.Tags.Contains(tag) == isAdded) return "nothing";
                model.Tag(tagged, tag, isAdded);
                store.Tag(tagged, isAdded ? [tag] : [], isAdded ? [] : [tag]);
                return "tag";
            case <= 9:
                RunRecord[] removed = [.. all.Where(_ => random.Next(3) == 0)];
                foreach (RunRecord run in removed) model.Remove(run.Id);
                store.Remove(removed);
                return "remove";
            case 10:
                Assert.Equal(
                    model.Restorable, store.Removed().Where(r => r.FreedAt is null).Select(r => r.Id).Order(StringComparer.Ordinal));
                RemovedRun[] restored = [.. store.Removed().Where(r => r.FreedAt is null && random.Next(2) == 0)];
                foreach (RemovedRun run in restored) model.Restore(run.Id);
                store.Restore(restored);
                return "restore";
            default:
                model.CleanUp();
                Assert.Empty(store.PlanCleanup(new CleanupOptions { Grace = TimeSpan.Zero }).Run().Faults);
                Assert.Equal(model.Journals, JournalText.Files(store.Path).Select(Path.GetFileName));
                Assert.Equal(model.Artifacts, store.Storage.ListArtifacts().Select(a => a.Sha256).Order(StringComparer.Ordinal));
                return "clean up";
        }
    }

    private static void Compare(KeepingModel model, string path)
    {
        Results all = Store.Open(path).LoadAll();
        Assert.Equal(model.Runs, all.OrderBy(r => r.Id, StringComparer.Ordinal).Select(KeepingModel.Text));
        Assert.Empty(all.Damage);
        foreach (string tag in (string[])["a", "b", "c", "d"])
            Assert.Equal(all.Where(r => r.Tags.Contains(tag)).Select(r => r.Id), all.Tagged(tag).Select(r => r.Id));
        Table table = all.ToTable();
        Assert.Equal(
            all.Select(r => r.Tags.Count == 0 ? null : string.Join(',', r.Tags)),
            Enumerable.Range(0, table.RowCount).Select(i => table.Columns.Any(c => c.Name == "tags") ? table["tags"][i] as string : null));
    }
}
