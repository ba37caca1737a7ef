namespace Assay.Cli.Tests;

/// <summary>What the tool relies on when it reads stores that are not whole.</summary>
[Trait("Category", "Quick")]
public sealed class StoreReadingTests
{
    [Fact]
    public void A_journal_with_a_damaged_first_line_gives_its_runs_to_its_own_experiment_only()
    {
        using StoreFixture store = SampleStore.Make();
        store.Journal("headless", "pi", "3").Raw("ruin\n").Begin(9).End(9);
        Assert.DoesNotContain(StoreFixture.Id(9), store.Run("ls", "iris", "--json").Out, StringComparison.Ordinal);
        Assert.DoesNotContain(StoreFixture.Id(9), store.Run("ls", "pi:2", "--json").Out, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Id(9), store.Run("ls", "pi:3", "--json").Out, StringComparison.Ordinal);
        Assert.Contains(StoreFixture.Id(9), store.Run("ls", "pi", "--json").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_has_line_numbers()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).Raw("ruin\n").End(1).Raw("ruin\nruin\n");
        store.Journal("b").Session().Raw("ruin\n");
        Assert.Equal([("a", 3L), ("a", 5L), ("a", 6L), ("b", 2L)],
            Store.Open(store.Path).LoadAll().Damage.Select(d => (Path.GetFileNameWithoutExtension(d.File), d.Line)));
    }

    [Fact]
    public void A_sound_line_with_odd_fields_gives_a_record_without_them()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session()
            .Line(1, "run_start", """{"index":"x","attempt":1,"version":1,"params":[],"seed":{"bbse":1},"tags":[1],"git":7}""")
            .Line(1, "series", """{"name":"loss","steps":1}""").Line(1, "artifact", """{"name":"x","size":"big"}""").Line(1, "log", "[]")
            .Line(1, "run_end", """{"status":"success","attempt":1,"duration_ms":"long","metrics":[],"error":{"kind":1}}""");
        RunRecord run = Store.Open(store.Path).LoadAll()[0];
        Assert.Equal((-1, null, null), (run.Index, run.Seed, run.Duration));
        Assert.Equal(["1"], run.Tags);
        Assert.Empty(run.SeriesNames);
        Assert.Empty(run.Log);
        Assert.Equal(0, Assert.Single(run.Artifacts).Size);
        Assert.Equal(0, store.Run("show", "latest").Exit);
    }

    [Fact]
    public void A_line_that_is_not_utf_8_is_damage_and_not_a_fault()
    {
        using var store = new StoreFixture();
        store.Journal("a").Session().Begin(1).Raw([.. "{\"run_id\":\""u8, 0xff, .. "\",\"kind\":\"log\",\"value\":{}}\n"u8]).End(1);
        Assert.Single(Store.Open(store.Path).LoadAll().Damage);
    }
}
