namespace Assay.Tests.Index;

/// <summary>Whatever happens to journals and index: results are those of a plain reading of all journals.</summary>
public class IndexPropertyTests
{
    private const int Steps = 25;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Results_are_those_of_a_plain_reading_whatever_happens_to_journals_and_index(int seed)
    {
        using var store = new TestStore();
        Make(store.Path);
        var random = new Random(seed);
        var journals = new RandomJournals(store.Path, seed);
        // Small numbers make of a few runs what otherwise takes millions.
        IndexOptions.Ambient = new IndexOptions
        {
            WorthWriting = random.Next(3) == 0 ? 2000 : 1,
            SegmentRows = random.Next(1, 40),
            SegmentBytes = random.Next(3) == 0 ? random.Next(1, 20_000) : 1 << 20,
            SmallSegments = random.Next(2, 5),
        };
        var index = new IndexTrouble(store.Path, seed);
        for (int step = 0; step < Steps; step++)
        {
            if (random.Next(6) == 0) journals.Suffer();
            else journals.Grow();
            if (random.Next(3) == 0) index.Happen();
            using FileLease? alive = Revive(store.Path, journals.Journals, random);
            try
            {
                Compare(store.Path, random.Next(3) switch { 0 => "exp", 1 => "other", _ => null });
                if (random.Next(3) == 0) CompareLater(store.Path, journals);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}: {fault.Message}", fault);
            }
        }
    }

    private static void Make(string store)
    {
        Directory.CreateDirectory(Path.Combine(store, "runs"));
        File.WriteAllText(Path.Combine(store, "store.json"), """{"format":1}""");
    }

    private static void Compare(string store, string? experiment)
    {
        PlainReading plain = PlainReading.Of(store, experiment, j => IsAlive(store, j));
        if (experiment is null) IndexComparison.Same(plain, Store.Open(store).LoadAll());
        else if (plain.Runs.Count == 0) Assert.Throws<AssayException>(() => Store.Open(store).Load(experiment, earlier: true));
        else IndexComparison.Same(plain, Store.Open(store).Load(experiment, earlier: true));
    }

    /// <summary>Results show the moment they were asked for, also when they are looked at after others have read on.</summary>
    private static void CompareLater(string store, RandomJournals journals)
    {
        PlainReading plain = PlainReading.Of(store, null, j => IsAlive(store, j));
        Results results = Store.Open(store).LoadAll();
        journals.Grow();
        Compare(store, null);
        IndexComparison.Same(plain, results);
    }

    private static FileLease? Revive(string store, string[] all, Random random)
    {
        if (all.Length == 0 || random.Next(2) == 0) return null;
        string writer = Path.GetFileNameWithoutExtension(all[random.Next(all.Length)]);
        return FileLease.TryTake(new StoreLayout(store).Lock(writer), TimeProvider.System, removeOnRelease: true, out _);
    }

    private static bool IsAlive(string store, string journal) =>
        FileLease.IsHeld(new StoreLayout(store).Lock(Path.GetFileNameWithoutExtension(journal)), TimeProvider.System);
}
