namespace Assay.Cli;

/// <summary>Ids cut to as many digits as tell all runs of a store apart: at least eight.</summary>
internal sealed class ShortIds
{
    public const int Least = 8;

    private readonly int _length;

    public ShortIds(IEnumerable<UInt128> all)
    {
        UInt128[] ids = [.. all];
        Array.Sort(ids);
        _length = Least;
        for (int i = 1; i < ids.Length; i++)
        {
            if (ids[i] != ids[i - 1]) _length = Math.Max(_length, SharedDigits(ids[i - 1], ids[i]) + 1);
        }
    }

    public string Of(string id) => id[.._length];

    private static int SharedDigits(UInt128 a, UInt128 b) => (int)UInt128.LeadingZeroCount(a ^ b) / 4;
}
