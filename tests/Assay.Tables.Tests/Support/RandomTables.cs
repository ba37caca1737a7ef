namespace Assay.Tables.Tests;

/// <summary>Tables of every type with the values that trip formats up, the same ones for the same seed.</summary>
internal static class RandomTables
{
    private static readonly string[] Texts =
    [
        "", " ", "plain", "comma, and more", "quote \" here", "\"", "line\nbreak", "carriage\rreturn", "tab\there", "NaN", "null", "true",
        "12", "1.5", "-0", "007", "1e5", "2024-01-31", "2024-01-31T10:00:00Z", "00:00:01", "Zürich", "日本語",
        "🧪 test", "\uFEFFbom", "\\ / \u0001", "'single'", "inf", "+5", "a|b", "$x_1$ & <b>",
    ];

    private static readonly double[] Doubles =
    [
        0, -0.0, 1, -1, 0.1, 1e-300, 1e300, double.MaxValue, double.Epsilon, 1.0 / 3, 123456789012345680, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity,
    ];

    private static readonly string[] Jsons = ["[]", "{}", "[1,2.5,null]", """{"a":{"b":["x","\"q\"",true]}}""", """{"ü":"日本"}"""];

    public static Table Create(int seed, int? rows = null, double nulls = 0.2)
    {
        var random = new Random(seed);
        int count = rows ?? random.Next(0, 40);
        return Table.FromColumns(
            Of("flag", count, nulls, random, () => random.Next(2) == 0),
            Of(
                "int", count, nulls, random,
                () => random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-5, 6)),
            Of(
                "double", count, nulls, random,
                () => random.Next(2) == 0 ? Doubles[random.Next(Doubles.Length)] : random.NextDouble() * 1000 - 500),
            Column.Of("text", Values(count, nulls, random, () => (object)Texts[random.Next(Texts.Length)]).Select(value => (string?)value)),
            Of(
                "time", count, nulls, random,
                () => new DateTimeOffset(random.NextInt64(new DateTime(1700, 1, 1).Ticks, new DateTime(2200, 1, 1).Ticks), TimeSpan.Zero)),
            Of(
                "span", count, nulls, random,
                () => TimeSpan.FromTicks(random.NextInt64(-TimeSpan.TicksPerDay * 30, TimeSpan.TicksPerDay * 30))),
            Column.OfJson(
                "json", Values(count, nulls, random, () => (object)Jsons[random.Next(Jsons.Length)]).Select(value => (string?)value)),
            Column.Of(
                "label, \"odd\"", Values(count, nulls, random, () => (object)("group" + random.Next(4))).Select(value => (string?)value)));
    }

    private static Column Of<T>(string name, int count, double nulls, Random random, Func<T> value) where T : struct =>
        Column.Of(name, Values(count, nulls, random, () => (object)value()).Select(boxed => (T?)boxed).ToArray());

    private static List<object?> Values(int count, double nulls, Random random, Func<object> value)
    {
        var values = new List<object?>();
        for (int i = 0; i < count; i++) values.Add(random.NextDouble() < nulls ? null : value());
        return values;
    }
}
