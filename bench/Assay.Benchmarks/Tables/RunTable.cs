using System.Globalization;

namespace Assay.Benchmarks;

/// <summary>The runs of the engine's load as a table, without running them.</summary>
internal static class RunTable
{
    /// <summary>Two parameters, two metrics.</summary>
    public static Table Values(int rows) => Table.FromColumns(
        Column.Of("param_Rate", Each(rows, Rate)), Column.Of("param_Size", Each(rows, Size)),
        Column.Of("loss", Each(rows, i => Rate(i) * Size(i))), Column.Of("steps", Each(rows, Size)));

    /// <summary>The same with metrics of which no two are equal, as real ones are.</summary>
    public static Table Noise(int rows)
    {
        var random = new SeededRandom(2);
        return Table.FromColumns(
            Column.Of("param_Rate", Each(rows, Rate)), Column.Of("param_Size", Each(rows, Size)),
            Column.Of("loss", Each(rows, _ => random.NextNormal())), Column.Of("steps", Each(rows, _ => random.NextInt64(1L << 40))));
    }

    /// <summary>As <see cref="Results.ToTable()"/> has them, with the facts of each run.</summary>
    public static Table Runs(int rows)
    {
        var random = new SeededRandom(1);
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Table known = Table.FromColumns(
            Column.Of("run_id", Each(rows, _ => Hex(random) + Hex(random))),
            Column.Of("experiment", Each(rows, _ => "bench")), Column.Of("version", Each(rows, _ => "1")),
            Column.Of("code", Each(rows, _ => "49474322")),
            Column.Of("context", Each(rows, _ => "74234e98")), Column.Of("status", Each(rows, _ => "success")),
            Column.Of("attempt", Each(rows, _ => 1L)),
            Column.Of("seed", Each(rows, _ => 1L)), Column.Of("replicate", Each(rows, i => i % 10)),
            Column.Of("started_at", Each(rows, i => start.AddMicroseconds(i * 9 + random.Next(9)))),
            Column.Of("duration_ms", Each(rows, _ => random.Next(10, 400) / 10_000.0)));
        return Table.FromColumns([.. known.Columns, .. Values(rows).Columns]);
    }

    private static string Hex(SeededRandom random) => random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);

    private static T[] Each<T>(int rows, Func<long, T> value)
    {
        var values = new T[rows];
        for (int i = 0; i < rows; i++) values[i] = value(i);
        return values;
    }

    private static double Rate(long run) => 0.001 * (run / 1000 + 1);

    private static long Size(long run) => run / 10 % 100 + 1;
}
