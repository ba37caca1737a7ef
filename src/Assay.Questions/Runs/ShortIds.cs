namespace Assay.Questions;

/// <summary>Ids cut to as many digits as distinguish those that are shown from all others: at least eight.</summary>
internal sealed class ShortIds
{
    public const int Least = 8;

    private readonly int _length = Least;

    public ShortIds(IReadOnlyList<UInt128> all, IEnumerable<UInt128>? shown = null)
    {
        HashSet<UInt128>? wanted = shown?.ToHashSet();
        // Only ids that begin alike are sorted, so that a short list is quick among a million runs.
        HashSet<UInt128>? beginnings = wanted?.Select(Beginning).ToHashSet();
        UInt128[] ids = [.. beginnings is null ? all : all.Where(id => beginnings.Contains(Beginning(id)))];
        Array.Sort(ids);
        // The id with most digits in common with another is its neighbour.
        for (int i = 1; i < ids.Length; i++)
        {
            bool counts = wanted is null || wanted.Contains(ids[i - 1]) || wanted.Contains(ids[i]);
            if (counts && ids[i] != ids[i - 1]) _length = Math.Max(_length, SharedDigits(ids[i - 1], ids[i]) + 1);
        }
    }

    public string Of(string id) => id[.._length];

    private static UInt128 Beginning(UInt128 id) => id >> 112;

    private static int SharedDigits(UInt128 a, UInt128 b) => (int)UInt128.LeadingZeroCount(a ^ b) / 4;
}
