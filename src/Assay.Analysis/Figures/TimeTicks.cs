using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>Round times: full seconds, minutes, hours, days, months or years.</summary>
internal static class TimeTicks
{
    private const double Second = 1000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour, Month = 30 * Day, Year = 365 * Day;

    private static readonly double[] Steps =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500, Second, 2 * Second, 5 * Second, 10 * Second, 15 * Second, 30 * Second, Minute, 2 * Minute,
        5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour, 12 * Hour, Day, 2 * Day, 7 * Day, 14 * Day,
        Month, 2 * Month, 3 * Month, 6 * Month, Year, 2 * Year, 5 * Year, 10 * Year, 20 * Year, 50 * Year, 100 * Year, 500 * Year,
        1000 * Year,
    ];

    public static IReadOnlyList<AxisTick> Of(double least, double most, int count, AxisView view)
    {
        double step = Steps.FirstOrDefault(s => (most - least) / s <= count, Steps[^1]);
        string format = Format(step, OneDay(least, most));
        return
        [
            .. Times(least, most, step)
                .Select(at => new AxisTick(view.Place(at), Of(at).ToString(format, CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>What the labels leave out: the day where all are of one, and that the times are UTC.</summary>
    public static string Unit(AxisView view) =>
        OneDay(view.Min, view.Max) ? Of(view.Min).ToString("yyyy-MM-dd, 'UTC'", CultureInfo.InvariantCulture) : "UTC";

    public static DateTime Of(double milliseconds) =>
        DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(milliseconds, -62_135_596_800_000, 253_402_300_799_000));

    private static bool OneDay(double least, double most) => Of(least).Date == Of(most).Date;

    private static string Format(double step, bool oneDay) => step switch
    {
        < Second => "HH:mm:ss.fff",
        < Minute => "HH:mm:ss",
        < Day => oneDay ? "HH:mm" : "MM-dd HH:mm",
        < Month => "yyyy-MM-dd",
        < Year => "yyyy-MM",
        _ => "yyyy",
    };

    private static IEnumerable<double> Times(double least, double most, double step)
    {
        if (step < Month)
        {
            for (double at = Math.Ceiling(least / step) * step; at <= most; at += step) yield return at;
            yield break;
        }

        int months = (int)Math.Round(step / (step < Year ? Month : Year) * (step < Year ? 1 : 12));
        DateTime first = Of(least);
        int from = ((((first.Year * 12) + first.Month - 1) / months) * months), last = 9999 * 12;
        for (int month = Math.Max(12, from); month <= last; month += months)
        {
            double at = (new DateTime(month / 12, (month % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds;
            if (at > most) yield break;
            if (at >= least) yield return at;
        }
    }
}
