using System.Collections.Concurrent;

namespace Assay;

/// <summary>Columns <c>derived_NAME</c>: stored values, and those that are computed for one table.</summary>
internal static class DerivedColumns
{
    private const string Prefix = "derived_";

    public static Table Add(Table table, RunCatalog catalog, int[] rows, TableOptions options, CancellationToken cancellationToken)
    {
        DerivedMetric[] functions = [.. options.Functions];
        if (functions.Length == 0 && (!options.Derived || !catalog.Derived.MayHaveAny)) return table;
        Derivation.Check(functions, "table");
        var values = new Dictionary<string, object?>[rows.Length];
        var failures = new ConcurrentBag<(int Place, DeriveFailure Failure)>();
        int done = 0;
        Derivation.ForEachRow(rows, parallel: null, Fill, cancellationToken);
        Report([.. failures.OrderBy(f => f.Place).Select(f => f.Failure)], options.Failed);
        return With(table, values);

        void Fill(int place)
        {
            RunRecord run = catalog.Record(rows[place]);
            values[place] = options.Derived ? new(run.Derived, StringComparer.Ordinal) : new(StringComparer.Ordinal);
            foreach (DerivedMetric function in functions)
                foreach ((string name, object? value) in
                    Derivation.Compute(run, function, f => failures.Add((place, f)), cancellationToken) ?? [])
                    values[place][name] = value;

            if (functions.Length > 0)
                options.Progress?.Report(new DeriveProgress(Interlocked.Increment(ref done), rows.Length, failures.Count));
        }
    }

    private static void Report(DeriveFailure[] failures, Action<DeriveFailure>? failed)
    {
        if (failures.Length == 0) return;
        if (failed is null)
            throw new AssayException($"{Plural.Of(failures.Length, "value")} of the table could not be computed; the first is "
                + $"{failures[0]} Mend the function, leave such runs out, or set TableOptions.Failed to have no value there.",
                failures[0].Exception);
        foreach (DeriveFailure failure in failures) failed(failure);
    }

    private static Table With(Table table, Dictionary<string, object?>[] values)
    {
        HashSet<string> taken = [.. table.Columns.Select(c => c.Name)];
        var columns = new List<Column>();
        foreach (string value in values.SelectMany(v => v.Keys).Distinct(StringComparer.Ordinal))
        {
            string name = Prefix + value;
            while (!taken.Add(name)) name = Prefix + name;
            columns.Add(Column.Of(name, values.Select(v => v.GetValueOrDefault(value)).ToArray()));
        }

        return Table.FromColumns([.. table.Columns, .. columns]);
    }
}
