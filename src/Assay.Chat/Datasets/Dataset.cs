namespace Assay.Chat;

/// <summary>Data of runs from files.</summary>
public static class Dataset
{
    /// <summary>
    /// Reads a file of rows, JSON lines or CSV for example, as data of runs: any format that <see cref="Table.Load"/> reads.
    /// </summary>
    /// <typeparam name="T">The data of a run; columns are found by the names of its members, see <see cref="Table.As{T}"/>.</typeparam>
    /// <param name="path">The file; its ending tells the format.</param>
    /// <param name="limit">How many rows are taken from the start. Default: all.</param>
    /// <exception cref="AssayException">A line is damaged, or a value not of its type; the message names file and line.</exception>
    public static IReadOnlyList<T> Load<T>(string path, int? limit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (limit is < 0) throw new AssayException($"the limit is {limit}; expected a number of rows from 0, or null for all.");
        try
        {
            Table table = Table.Load(path);
            return [.. table.As<T>().Take(limit ?? int.MaxValue)];
        }
        catch (TableException fault)
        {
            bool isNamed = fault.Message.Contains(path, StringComparison.Ordinal);
            throw new AssayException(isNamed ? fault.Message : $"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>Draws some of the data without repetition, in their order: the same for the same seed.</summary>
    /// <param name="data">The data.</param>
    /// <param name="count">How many; all if there are fewer.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<T> Sample<T>(this IReadOnlyList<T> data, int count, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (count < 0) throw new AssayException($"the sample has {count} data; expected 0 or more.");
        int[] order = [.. Enumerable.Range(0, data.Count)];
        new SeedBundle(seed, 0).Random("sample").Shuffle(order);
        return [.. order.Take(count).Order().Select(i => data[i])];
    }
}
