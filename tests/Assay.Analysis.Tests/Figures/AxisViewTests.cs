using System.Globalization;
using Assay.Analysis.Figures;

namespace Assay.Analysis.Tests.Figures;

[Trait("Category", "Quick")]
public class AxisViewTests
{
    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 7, "0 1 2 3 4 5 6 7")]
    [InlineData(-3, 12, "-2 0 2 4 6 8 10 12")]
    [InlineData(0, 123456, "0 20000 40000 60000 80000 100000 120000")]
    [InlineData(0, 5e6, "0 1000000 2000000 3000000 4000000 5000000")]
    [InlineData(0, 3e-7, "0 5e-8 1.0e-7 1.5e-7 2.0e-7 2.5e-7 3.0e-7")]
    [InlineData(1000000.001, 1000000.002, "1000000.0010 1000000.0012 1000000.0014 1000000.0016 1000000.0018 1000000.0020")]
    public void Numbers_have_as_many_digits_as_tell_them_apart(double least, double most, string expected) =>
        Assert.Equal(expected, Labels(new Axis { Min = least, Max = most }, most: 8));

    [Theory]
    [InlineData(0.001, 1, "0.001 0.01 0.1 1")]
    [InlineData(1, 100, "1 2 5 10 20 50 100")]
    [InlineData(1e-300, 1e200, "1e-300 1e-200 1e-100 1 1e100 1e200")]
    [InlineData(2, 3, "2.0 2.2 2.4 2.6 2.8 3.0")]
    public void A_logarithmic_axis_has_powers_of_ten_or_what_is_between_them(double least, double most, string expected) =>
        Assert.Equal(expected, Labels(new Axis { Scale = AxisScale.Log, Min = least, Max = most }, most: 8));

    [Theory]
    [InlineData("2026-11-30T10:00:00Z", "2026-11-30T11:00:00Z", "10:00 10:10 10:20 10:30 10:40 10:50 11:00", "2026-11-30, UTC")]
    [InlineData("2026-11-30T10:00:00Z", "2026-12-02T11:00:00Z", "11-30 12:00 12-01 00:00 12-01 12:00 12-02 00:00", "UTC")]
    [InlineData("2026-01-30T00:00:00Z", "2026-12-02T00:00:00Z", "2026-03 2026-05 2026-07 2026-09 2026-11", "UTC")]
    [InlineData("1950-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "1960 1980 2000 2020", "UTC")]
    public void Times_are_round(string from, string to, string expected, string unit)
    {
        var axis = new Axis { Scale = AxisScale.Time, Min = Milliseconds(from), Max = Milliseconds(to) };
        Assert.Equal(expected, Labels(axis, most: 7));
        Assert.Equal(unit, TimeTicks.Unit(AxisView.Of(axis, [])));
    }

    [Theory]
    [InlineData(1.7e308, -1.7e308)]
    [InlineData(1e-310, 2e-310)]
    [InlineData(5e-324, 5e-324)]
    [InlineData(double.MaxValue, double.MaxValue)]
    [InlineData(0, 0)]
    [InlineData(-5, -5)]
    public void Every_finite_number_has_a_place_and_the_axis_has_labels(double one, double other)
    {
        var view = AxisView.Of(new Axis(), [one, other, double.NaN, double.PositiveInfinity]);
        Assert.All([view.Place(one), view.Place(other)], place => Assert.InRange(place, 0, 1));
        Assert.All(view.Ticks(_ => true), tick => Assert.InRange(tick.Place, -1e-9, 1 + 1e-9));
        Assert.True(view.Max > view.Min);
    }

    [Fact]
    public void Values_without_a_logarithm_do_not_count()
    {
        var view = AxisView.Of(new Axis { Scale = AxisScale.Log }, [-1, 0, 10, 1000], tight: true);
        Assert.Equal((10, 1000), (Math.Round(view.Min, 9), Math.Round(view.Max, 9)));
        Assert.Equal(0.5, view.Place(100), 1e-12);
        Assert.True(view.Place(0) < 0);
    }

    [Fact]
    public void A_lower_bound_near_zero_does_not_stretch_a_logarithmic_axis()
    {
        var line = new LineMark { X = [1, 2], Y = [1, 2], Lower = [1e-9, 0.5], Upper = [3, 4] };
        var panel = new Panel { Y = new Axis { Scale = AxisScale.Log }, Marks = [line] };
        AxisView view = PanelViews.Of(new Figure { Panels = [panel] })[0].Y;
        Assert.InRange(view.Min, 0.4, 0.5);
        Assert.InRange(view.Max, 4, 5);
    }

    [Theory]
    [InlineData(0.123456, "0.1235")]
    [InlineData(12, "12")]
    [InlineData(123456, "123456")]
    [InlineData(1.5e-9, "1.5e-9")]
    [InlineData(-2.5e20, "-2.5e20")]
    [InlineData(0, "0")]
    public void A_number_in_a_cell_is_short(double value, string expected) => Assert.Equal(expected, NumberTicks.Short(value));

    [Theory]
    [InlineData(0, 3, "0 1 2 3")]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    public void Whole_numbers_have_no_labels_between_them(double least, double most, string expected) =>
        Assert.Equal(expected, Text(AxisView.Of(new Axis { Min = least, Max = most }, [], whole: true), most: 8));

    [Theory]
    [InlineData(AxisScale.Log, 3, 40)]
    [InlineData(AxisScale.Log, 0.7, 8)]
    [InlineData(AxisScale.Linear, 0.6, 1.4)]
    public void A_short_axis_has_two_labels(AxisScale scale, double least, double most) =>
        Assert.Equal(2, AxisView.Of(new Axis { Scale = scale, Min = least, Max = most }, []).Ticks(ticks => ticks.Count <= 2).Count);

    [Theory]
    [InlineData(new[] { 1.0190434514293223E-05, 0.1, 0.00012345678 }, "1.019e-5 0.1 0.0001235")]
    [InlineData(new[] { 0.123451, 0.123452, 3 }, "0.123451 0.123452 3")]
    [InlineData(new[] { 123456.789, 1234567, 1e300 }, "123457 1234567 1e300")]
    [InlineData(new[] { 0.30000000000000004, 0.3, double.PositiveInfinity }, "0.30000000000000004 0.3 Infinity")]
    public void Numbers_as_names_have_as_many_digits_as_tell_them_apart(double[] values, string expected) =>
        Assert.Equal(expected, string.Join(' ', NumberTicks.Names(values)));

    [Fact]
    public void Colours_and_shapes_of_56_series_differ() =>
        Assert.Equal(56, Enumerable.Range(0, 56).Select(i => (Palette.Color(i, FigureTheme.Light), Palette.Shape(i))).Distinct().Count());

    private static string Labels(Axis axis, int most) => Text(AxisView.Of(axis, []), most);

    private static string Text(AxisView view, int most) =>
        string.Join(' ', view.Ticks(ticks => ticks.Count <= most).Select(tick => tick.Label));

    private static double Milliseconds(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
