namespace Assay.Analysis;

/// <summary>All combinations of levels of the parameters, for which a forest predicts.</summary>
internal sealed class ForestGrid
{
    private const int MostPoints = 100_000, MostLevels = 20;

    private readonly ForestParameter[] _parameters;
    private readonly object[][] _points;

    private ForestGrid(ForestParameter[] parameters, object[][] points) => (_parameters, _points) = (parameters, points);

    public IEnumerable<string> Names => _parameters.Select(p => p.Name);

    public float[][] Features => [.. _points.Select(point => _parameters.SelectMany((p, i) => p.Features(point[i])).ToArray())];

    /// <summary>With as many levels of numbers as the number of points allows.</summary>
    /// <exception cref="AssayException">Even with two levels of each number there are too many points.</exception>
    public static ForestGrid Of(ForestParameter[] parameters)
    {
        for (int most = MostLevels; most >= 2; most--)
        {
            object[][] levels = [.. parameters.Select(p => p.Levels(most))];
            if (levels.Aggregate(1.0, (points, level) => points * level.Length) > MostPoints) continue;
            IEnumerable<object[]> points = [[]];
            foreach (object[] level in levels) points = points.SelectMany(point => level, (point, value) => (object[])[.. point, value]);
            return new ForestGrid(parameters, [.. points]);
        }

        throw new AssayException($"{Plural.Of(parameters.Length, "parameter")} have more than {MostPoints:N0} combinations of values; "
            + "expected fewer. Name the parameters that matter.");
    }

    public Table ToTable(string metric, double[] predicted) => Table.FromColumns(
    [
        .. _parameters.Select((p, i) => Column.Of(p.Name, _points.Select(point => (object?)point[i]))), Column.Of(metric, predicted),
    ]);
}
