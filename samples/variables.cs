#:project ../src/Assay/Assay.csproj
// Labelled variables: every combination of them is built into a point by a factory, and each run's rows carry the labels as columns.
using Assay;

Variable<double>[] rates = [new(0.01, new { lr = 0.01 }), new(0.1, new { lr = 0.1 })];
Variable<int>[] batches = [new(16, new { batch = 16 }), new(32, new { batch = 32 })];

Results results = await Experiment
    .Create("quickstart", (Params p, RunContext run) => run.Row(new { accuracy = 1.0 - p.Rate }))
    .Over(Space.Product((rate, batch) => new Params(rate, batch), rates, batches))
    .RunAsync(args, new() { Output = "output/" });

foreach (TableRow row in results.Rows.Rows) Console.WriteLine($"lr {row["lr"]}, batch {row["batch"]}: accuracy {row["accuracy"]}");

// A variable computed from others keeps all their labels.
Variable<int> sum = Variable.Combine([Variable.Of(2, new { a = 2 }), Variable.Of(3, new { b = 3 })], values => values.Sum());
Console.WriteLine($"sum {sum.Value}");

record Params(double Rate, int Batch);
