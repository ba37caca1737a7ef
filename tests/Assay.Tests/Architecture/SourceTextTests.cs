namespace Assay.Tests.Architecture;

/// <summary>The layout of source files.</summary>
[Trait("Category", "Quick")]
public class SourceTextTests
{
    private const int MaxColumns = 140;

    [Fact]
    public void No_line_is_longer_than_140_columns() => Assert.Empty(
        from folder in new[] { "bench", "samples", "src", "tests" }
        from file in Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        from line in File.ReadLines(file).Index()
        where line.Item.Length > MaxColumns
        select $"{path}:{line.Index + 1} has {line.Item.Length} columns");
}
