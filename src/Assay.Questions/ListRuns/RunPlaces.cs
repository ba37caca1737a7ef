namespace Assay.Questions;

/// <summary>The places of runs in the order of a list. The order of time takes no memory, however many runs there are.</summary>
internal readonly record struct RunPlaces(int Count, bool IsOldestFirst, int[]? Sorted)
{
    public static RunPlaces Of(int[] sorted) => new(sorted.Length, false, sorted);

    public static RunPlaces InTime(int count, bool isOldestFirst) => new(count, isOldestFirst, null);

    public IEnumerable<int> Take(int from, int most)
    {
        for (int i = from; i < Count && i - from < most; i++) yield return At(i);
    }

    public int IndexOf(int place) => Sorted is { } sorted ? Array.IndexOf(sorted, place) : At(place);

    // The order of time is its own inverse, both ways.
    private int At(int i) => Sorted is { } sorted ? sorted[i] : IsOldestFirst ? i : Count - 1 - i;
}
