namespace Assay.Analysis.Figures;

/// <summary>
/// Colours and shapes of series. The colours are those of Okabe and Ito (2008), which people with any colour vision tell apart, without
/// yellow and black, which vanish on a ground; shapes change with them, so that a print without colours says the same. Where the colours
/// begin again, lines are dashed and areas pale.
/// </summary>
internal static class Palette
{
    private static readonly string[] Colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D31"];

    private static readonly string[] OnDark = ["#56B4E9", "#E8743B", "#2DC7A0", "#E39BC6", "#F0B429", "#8FA8FF", "#C9A66B"];

    public const int Shapes = 8;

    /// <summary>How many series differ without markers: each colour has a second look, of dashed lines and pale areas.</summary>
    public static int WithoutShapes => 2 * Colors.Length;

    // Viridis, by van der Walt and Smith (2015): as light as the value is large, in every colour vision.
    private static readonly string[] Scale =
        ["#440154", "#482878", "#3E4A89", "#31688E", "#26828E", "#1F9E89", "#35B779", "#6DCD59", "#B4DE2C", "#FDE725"];

    public static string Ground(FigureTheme theme) => theme == FigureTheme.Dark ? "#1B1E23" : "#FFFFFF";

    public static string Text(FigureTheme theme) => theme == FigureTheme.Dark ? "#E3E6EA" : "#24292F";

    public static string FaintText(FigureTheme theme) => theme == FigureTheme.Dark ? "#A3A9B3" : "#5B6370";

    public static string Grid(FigureTheme theme) => theme == FigureTheme.Dark ? "#343942" : "#E4E7EB";

    public static string Color(int series, FigureTheme theme) => series < 0
        ? FaintText(theme)
        : (theme == FigureTheme.Dark ? OnDark : Colors)[series % Colors.Length];

    /// <summary>The shape of a series. It changes with the colour, and by one more when the colours begin again.</summary>
    public static int Shape(int series) => series < 0 ? 0 : ((series % Colors.Length) + (series / Colors.Length)) % Shapes;

    /// <summary>Whether a series has the second look of its colour.</summary>
    public static bool IsSecond(int series) => series >= 0 && series / Colors.Length % 2 == 1;

    /// <summary>The colours of values from the least to the largest.</summary>
    public static IReadOnlyList<string> OfValues => Scale;

    /// <summary>The colour of a value between the least, 0, and the largest, 1.</summary>
    public static string OfValue(double share)
    {
        double at = Math.Clamp(share, 0, 1) * (Scale.Length - 1);
        int left = Math.Min((int)at, Scale.Length - 2);
        return string.Concat("#", Mix(1), Mix(3), Mix(5));

        string Mix(int digit) =>
            ((int)Math.Round((Part(Scale[left], digit) * (left + 1 - at)) + (Part(Scale[left + 1], digit) * (at - left))))
                .ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Whether text on a colour must be light.</summary>
    public static bool IsDark(string color) => (0.3 * Part(color, 1)) + (0.59 * Part(color, 3)) + (0.11 * Part(color, 5)) < 140;

    private static int Part(string color, int digit) => Convert.ToInt32(color.Substring(digit, 2), 16);
}
