namespace Assay;

public sealed partial class Results
{
    /// <summary>
    /// Computes named functions for the runs, and stores the values beside the journals of the runs, which stay as they are. A value is
    /// computed again when the function has another version or the run a newer attempt. What other programs derive at the same time is kept
    /// too. These results, their views and their records have the values from then on: <c>derived.NAME</c> in conditions and orders,
    /// <see cref="RunRecord.Derived"/>, <see cref="TableOptions.Derived"/>.
    /// </summary>
    /// <remarks>
    /// Runs that failed are looked at too; <c>results.Successful.DeriveAsync(…)</c> leaves them out. Runs that have not ended are left out.
    /// A value that was reported as computed outlives the process, and reaches the disk with the first one that comes a second later, or at
    /// the end. Where a function fails, what an earlier version of it gave for the run is not shown any more.
    /// </remarks>
    /// <param name="metrics">The functions, of different names.</param>
    /// <param name="options">Parallelism, progress and the like. Default: see <see cref="DeriveOptions"/>.</param>
    /// <param name="cancellationToken">Ends the computation; what was computed is stored.</param>
    /// <returns>What was computed, and which functions failed for which runs: read it, nothing is thrown for them.</returns>
    /// <exception cref="AssayException">Two functions have one name, or a number in the options is out of range.</exception>
    /// <exception cref="StoreException">The store cannot be written; what was computed before is stored.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<DeriveReport> DeriveAsync(
        IReadOnlyList<DerivedMetric> metrics, DeriveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        options ??= new DeriveOptions();
        Derivation.Check(metrics, "call");
        if (options.Parallel is < 1)
            throw new AssayException($"Parallel is {options.Parallel}; expected at least 1, or null for the number of processors.");
        return Task.Run(
            () => OnColumns((catalog, rows) => new Derivation(catalog, rows, metrics, options).Run(cancellationToken)), cancellationToken);
    }

    /// <summary>As <see cref="ToTable()"/>, with a choice of columns; those of derived metrics and of the code come last.</summary>
    /// <param name="options">The columns.</param>
    /// <param name="cancellationToken">Ends the reading of the runs and the computation.</param>
    /// <exception cref="AssayException">
    /// A function failed for a run and <see cref="TableOptions.Failed"/> is null, or two functions have one name.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Table ToTable(TableOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return OnColumns((catalog, rows) =>
        {
            Table table = new ResultsTable(catalog, rows) { Options = options }.Build();
            table = DerivedColumns.Add(table, catalog, rows, options, cancellationToken);
            return options.Tracked ? TrackedColumns.Add(GitColumns.Add(table, this), this, cancellationToken) : table;
        });
    }

    /// <summary>
    /// The runs beside those of another experiment with equal values of some names, by
    /// <see cref="Table.Join(Table, IEnumerable{string}, JoinKind)"/> of both tables, which says how columns of one name are called.
    /// </summary>
    /// <param name="other">The other runs.</param>
    /// <param name="on">Names, as in <see cref="Rank"/>, which runs of both must have; the keys are columns of these names.</param>
    /// <param name="kind">Which runs without a partner stay. Default: none.</param>
    /// <exception cref="AssayException">A name is unknown or means several values.</exception>
    public Table Join(Results other, IEnumerable<string> on, JoinKind kind = JoinKind.Inner)
    {
        ArgumentNullException.ThrowIfNull(other);
        string[] names = [.. on];
        return WithKeys(names).Join(other.WithKeys(names), names, kind);
    }

    private Table WithKeys(string[] names) =>
        names.Aggregate(ToTable(), (table, name) => table.With(Column.Of(name, Values(FieldOf(name)))));
}
