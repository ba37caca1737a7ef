namespace Assay;

public sealed partial class Results
{
    /// <summary>
    /// One row a run: <c>run_id, experiment, version, code, context, status, attempt, seed, replicate, started_at, duration_ms</c>, tags and errors where there are any,
    /// parameters as <c>param_NAME</c> (nested ones dotted), labels and metrics by their names. A label or metric with the name of another
    /// column is called <c>label_NAME</c> or <c>metric_NAME</c>; none replaces another. Every column that any run has is there.
    /// </summary>
    public Table ToTable() => OnColumns((catalog, rows) => new ResultsTable(catalog, rows).Build());

    /// <summary>
    /// As <see cref="ToTable()"/>, and for lone runs also <c>metadata.NAME</c> and the last value at each path that they tracked, by its
    /// name in conditions.
    /// </summary>
    /// <param name="tracked">Whether there are these columns.</param>
    /// <param name="cancellationToken">Ends the reading of the runs.</param>
    public Table ToTable(bool tracked, CancellationToken cancellationToken = default) =>
        tracked ? TrackedColumns.Add(ToTable(), this, cancellationToken) : ToTable();

    /// <summary>
    /// The rows the runs recorded, in plan order: the labels of a run's variables (or its parameters, when it has no labels), overlaid by what
    /// the run put into the row. An overlaid label keeps its place. Where runs were repeated, a column <c>replicate</c> tells them apart;
    /// where not all succeeded, a column <c>status</c> does, because a run that failed may have recorded some of its rows.
    /// </summary>
    public Table Rows
    {
        get
        {
            var builder = new TableBuilder();
            bool repeated = this.Any(r => r.Seed is { Replicate: > 0 });
            bool mixed = CountByStatus().Keys.Any(s => s != RunStatus.Success);
            foreach (RunRecord run in this)
            {
                foreach (IReadOnlyDictionary<string, object?> row in run.Rows) builder.AddRow(RunRow.Overlay(run, row, repeated, mixed));
            }

            return builder.Build();
        }
    }

    /// <summary>Saves <see cref="ToTable()"/>; the format follows the ending of the file.</summary>
    /// <exception cref="TableException">The ending is unknown.</exception>
    public void Save(string path) => ToTable().Save(path);

    /// <summary>Saves <see cref="ToTable()"/> as CSV.</summary>
    public void SaveCsv(string path) => ToTable().Save(path, TableFormat.Csv);
}
