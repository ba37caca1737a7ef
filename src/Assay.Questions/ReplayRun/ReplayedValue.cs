namespace Assay.Questions;

/// <summary>
/// A value of a run and of its replay. Of a value that is recorded over time all points are compared, and the record has the first pair
/// that differs, or else the last pair.
/// </summary>
/// <param name="Part"><c>run</c>, <c>metrics</c>, <c>series</c>, <c>tracked</c> or <c>rows</c>.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Agrees">Whether all values agree.</param>
/// <param name="Then">In the recorded run; null also where there is none.</param>
/// <param name="Now">In the replay; null also where there is none.</param>
/// <param name="Difference">From then to now; null unless both are finite numbers.</param>
/// <param name="Step">The step the two are of; null where there are no steps.</param>
/// <param name="Values">How many there are, on the side that has more.</param>
/// <param name="Differing">How many of them do not agree, missing ones among them.</param>
internal sealed record ReplayedValue(
    string Part, string Name, bool Agrees, object? Then, object? Now, double? Difference, long? Step, int Values, int Differing)
{
    public static ReplayedValue Of(
        string part, string name, IReadOnlyList<RecordedPoint> then, IReadOnlyList<RecordedPoint> now, double tolerance)
    {
        int count = Math.Max(then.Count, now.Count), differing = 0, shown = count - 1;
        for (int i = 0; i < count; i++)
        {
            bool same = i < then.Count && i < now.Count && then[i].Step == now[i].Step && Agree(then[i].Value, now[i].Value, tolerance);
            if (!same && differing++ == 0) shown = i;
        }

        RecordedPoint? before = then.ElementAtOrDefault(shown), after = now.ElementAtOrDefault(shown);
        return new ReplayedValue(
            part, name, differing == 0, before?.Value, after?.Value, Change(before?.Value, after?.Value), (before ?? after)?.Step, count,
            differing);
    }

    /// <summary>Numbers agree within the tolerance, relative to the larger; NaN is NaN, and an infinity only itself.</summary>
    public static bool Agree(object? then, object? now, double tolerance)
    {
        if (ValueOrder.AreEqual(then, now)) return true;
        if (ValueOrder.TryNumber(then, out double a) && ValueOrder.TryNumber(now, out double b))
            return double.IsFinite(a) && double.IsFinite(b) && tolerance > 0
                && Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
        return JsonText.Of(then) == JsonText.Of(now);
    }

    private static double? Change(object? then, object? now) =>
        ValueOrder.TryNumber(then, out double a) && ValueOrder.TryNumber(now, out double b) && double.IsFinite(b - a) ? b - a : null;
}

/// <summary>A value, with its step where it has one.</summary>
internal sealed record RecordedPoint(long? Step, object? Value);
