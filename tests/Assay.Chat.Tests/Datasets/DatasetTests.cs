namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class DatasetTests
{
    [Fact]
    public void Json_lines_and_csv_become_data()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a.jsonl"), "{\"a\":1,\"b\":2}\n{\"a\":3,\"b\":4}\n");
        File.WriteAllText(folder.File("a.csv"), "a,b\n1,2\n3,4\n");
        Assert.Equal([new Numbers(1, 2), new Numbers(3, 4)], Dataset.Load<Numbers>(folder.File("a.jsonl")));
        Assert.Equal([new Numbers(1, 2)], Dataset.Load<Numbers>(folder.File("a.csv"), limit: 1));
    }

    [Fact]
    public void A_bad_line_names_file_and_line()
    {
        using var folder = new TempFolder();
        string file = folder.File("bad.jsonl");
        File.WriteAllText(file, "{\"a\":1,\"b\":2}\n{\"a\":3,\n");
        AssayException fault = Assert.Throws<AssayException>(() => Dataset.Load<Numbers>(file));
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_is_the_same_for_the_same_seed_and_in_order()
    {
        int[] data = [.. Enumerable.Range(0, 100)];
        IReadOnlyList<int> sample = data.Sample(10, seed: 3);
        Assert.Equal(sample, data.Sample(10, seed: 3));
        Assert.NotEqual(sample, data.Sample(10, seed: 4));
        Assert.Equal(10, sample.Distinct().Count());
        Assert.Equal(sample.Order(), sample);
        Assert.Equal(data, data.Sample(200));
    }
}
