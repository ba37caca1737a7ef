using System.Globalization;

namespace Assay.TestPrograms;

/// <summary>
/// <c>culture STORE TABLE</c>: runs whose parameters, metrics and rows hold whatever a culture writes in its own way. Prints
/// <c>culture NAME</c>, the decimal separator in use, and <c>id ID</c> for every run in the order of the plan; saves the rows.
/// </summary>
internal static class CultureProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Console.WriteLine($"culture {CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentCulture.NumberFormat.NegativeSign}{1.5}");
        Space<Setting> space = Space.Of(new Setting())
            .Grid("INDEX", -1234567, 1234567)
            .Grid(p => p.Inner.Rate, 1234567.891, -1e-7, double.NegativeInfinity)
            .Grid("title_i", "IıİiI", "größe");
        Results results = await Experiment.Create<Setting>("Culture İ", "1.5", (p, run) =>
        {
            run.Metric("real", p.Inner.Rate * -1.5);
            run.Metric("whole", -1_234_567L);
            run.Metrics(new { p.Price, Day = DayOfWeek.Friday, Odd = (DayOfWeek)(-3) });
            run.Metric("loss", -0.5, step: -7);
            run.Data("matrix", new[,] { { -1.5, 1e21 } });
            double drawn = run.Seeds.Random("I").NextDouble();
            run.Row(new { p.Price, p.When, p.Date, p.Time, p.Span, p.Odd, real = -1234.5, whole = -1234, drawn });
            run.Log("ı");
        }).Over(space).Repeat(2, seed: -42).Metadata(new { ratio = -0.5, p = new Setting() })
            .RunAsync(new RunOptions { Store = args[0], Progress = ProgressMode.None });
        foreach (RunRecord run in results.Filter(new { param_INDEX = -1234567 })) Console.WriteLine($"id {run.Id}");
        foreach (RunRecord run in results) Console.WriteLine($"id {run.Id}");
        results.Rows.Save(args[1]);
        return 0;
    }

    public sealed record Inner(double Rate);

    public sealed record Setting
    {
        public Inner Inner { get; init; } = new(0.5);

        public int Index { get; init; }

        public string TitleI { get; init; } = "";

        public decimal Price { get; init; } = -1.50m;

        public DayOfWeek Odd { get; init; } = (DayOfWeek)(-3);

        public DateTimeOffset When { get; init; } = new(2026, 11, 3, 14, 5, 6, 789, TimeSpan.FromHours(2));

        public DateOnly Date { get; init; } = new(2026, 11, 3);

        public TimeOnly Time { get; init; } = new(14, 5, 6);

        public TimeSpan Span { get; init; } = TimeSpan.FromMilliseconds(-1234567);

        public IReadOnlyDictionary<int, double> Map { get; init; } = new Dictionary<int, double> { [-2] = 0.5, [-10] = -0.5, [3] = 1 };
    }
}
