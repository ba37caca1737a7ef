namespace Assay.Questions;

/// <summary>Ids cut to as many digits as tell those that are shown apart from all others: at least eight.</summary>
internal sealed class ShortIds
{
    public const int Least = 8;

    private readonly int _length;

    /// <summary>All ids are shown.</summary>
    public ShortIds(IEnumerable<UInt128> all) : this([.. all], null)
    {
    }

    private ShortIds(UInt128[] ids, HashSet<UInt128>? shown)
    {
        Array.Sort(ids);
        _length = Least;
        // Whatever has most digits in common with an id is its neighbour.
        for (int i = 1; i < ids.Length; i++)
        {
            bool counts = shown is null || shown.Contains(ids[i - 1]) || shown.Contains(ids[i]);
            if (counts && ids[i] != ids[i - 1]) _length = Math.Max(_length, SharedDigits(ids[i - 1], ids[i]) + 1);
        }
    }

    /// <summary>
    /// Short ids of some of the runs there are. Only ids that begin alike are compared, so that a list of few is quick among a million.
    /// </summary>
    public static ShortIds Among(Results all, IEnumerable<UInt128> shown)
    {
        HashSet<UInt128> ids = [.. shown];
        return new ShortIds(all.IdsLike(ids), ids);
    }

    public string Of(string id) => id[.._length];

    private static int SharedDigits(UInt128 a, UInt128 b) => (int)UInt128.LeadingZeroCount(a ^ b) / 4;
}
