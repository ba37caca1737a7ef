using System.Globalization;

namespace Assay.Analysis.Figures;

/// <summary>Round numbers at equal distances: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class NumberTicks
{
    private const double LeastPlain = 1e-4, MostPlain = 1e7;
    private const int MostDigits = 17;

    public static IReadOnlyList<AxisTick> Of(double least, double most, int count, AxisView view, bool whole = false)
    {
        double step = Step((most / count) - (least / count));
        if (whole) step = Math.Max(1, step);
        if (!double.IsFinite(step) || step <= 0) return [];
        var ticks = new List<AxisTick>();
        double size = Math.Max(Math.Abs(least), Math.Abs(most));
        for (double i = Math.Ceiling(least / step); i <= Math.Floor(most / step) && ticks.Count < 50; i++)
            ticks.Add(new AxisTick(view.Place(i * step), Text(i * step, step, size)));
        return ticks;
    }

    /// <summary>A number with four digits, for cells and summaries.</summary>
    public static string Short(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        double step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 3);
        string text = Text(value, Math.Abs(value) is >= 1000 and < MostPlain ? 1 : step, Math.Abs(value));
        int exponent = text.IndexOf('e', StringComparison.Ordinal);
        string digits = exponent < 0 ? text : text[..exponent];
        if (digits.Contains('.', StringComparison.Ordinal)) digits = digits.TrimEnd('0').TrimEnd('.');
        return exponent < 0 ? digits : digits + text[exponent..];
    }

    /// <summary>Numbers as names: with as few digits as tell them apart, but four at least, and whole numbers with all.</summary>
    public static string[] Names(double[] different)
    {
        for (int digits = 4; ; digits++)
        {
            string[] names = Array.ConvertAll(different, value => Name(value, digits));
            if (digits == MostDigits || names.Distinct().Count() == names.Length) return names;
        }
    }

    private static string Name(double value, int digits)
    {
        if (!double.IsInteger(value) && double.IsFinite(value))
        {
            int before = (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
            string rounded = value.ToString("E" + (Math.Clamp(before, digits, MostDigits) - 1), CultureInfo.InvariantCulture);
            value = double.Parse(rounded, CultureInfo.InvariantCulture);
        }

        string[] parts = value.ToString(CultureInfo.InvariantCulture).Split('E');
        return parts.Length == 1 ? parts[0] : parts[0] + "e" + int.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    private static double Step(double atLeast)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double times = atLeast / power;
        return power * (times <= 1 + 1e-9 ? 1 : times <= 2 + 1e-9 ? 2 : times <= 5 + 1e-9 ? 5 : 10);
    }

    // As many digits as tell neighbours apart; very large and very small numbers with their power of ten.
    private static string Text(double value, double step, double size)
    {
        int stepPower = (int)Math.Floor(Math.Log10(step) + 1e-9);
        if (size is >= LeastPlain and < MostPlain)
        {
            string plain = value.ToString("F" + Math.Clamp(-stepPower, 0, 15), CultureInfo.InvariantCulture);
            return plain.Trim('-', '0', '.').Length == 0 ? plain.TrimStart('-') : plain;
        }

        if (value == 0 || Math.Abs(value) < step / 2) return "0";
        int power = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12);
        string digits = Math.Clamp(power - stepPower, 0, 15) is > 0 and var count ? "." + new string('0', count) : "";
        return value.ToString("0" + digits + "e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
    }
}

/// <summary>Powers of ten, with 2 and 5 between them where there are few.</summary>
internal static class LogTicks
{
    private static readonly int[] Steps = [1, 2, 3, 5, 10, 20, 50, 100, 200];

    public static IReadOnlyList<AxisTick> Of(double least, double most, int count, AxisView view)
    {
        double decades = most - least;
        // Where not even one power of ten is passed, equal steps say more.
        if (decades < 0.7) return Linear(count, view);
        int[] times = decades * 3 <= count ? [1, 2, 5] : [1];
        int every = Steps.FirstOrDefault(step => decades / step <= count, Steps[^1]);
        var ticks = new List<AxisTick>();
        for (int power = (int)Math.Floor(least); power <= Math.Ceiling(most); power++)
        {
            if (times.Length == 1 && power % every != 0) continue;
            foreach (int factor in times)
                if (power + Math.Log10(factor) is var at && at >= least - 1e-9 && at <= most + 1e-9)
                    ticks.Add(new AxisTick((at - least) / decades, Text(factor, power)));
        }

        return ticks.Count >= 2 || count > 2 && times.Length == 3 ? ticks : Linear(count, view);
    }

    private static IReadOnlyList<AxisTick> Linear(int count, AxisView view) =>
        [.. NumberTicks.Of(view.Min, view.Max, count, view).Where(tick => tick.Place is >= 0 and <= 1)];

    private static string Text(int factor, int power) => power is >= -4 and < 6
        ? (factor * Math.Pow(10, power)).ToString("0.####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{factor}e{power}");
}
