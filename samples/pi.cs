#:project ../src/Assay/Assay.csproj
// Monte-Carlo estimates of pi: three sample sizes, ten seeds each. Run it twice: the second time nothing is left to do.
using Assay;

var experiment = Experiment
    .Create("pi", version: "1", (int samples, RunContext run) =>
    {
        SeededRandom random = run.Seeds.Random();
        long inside = 0;
        for (int i = 0; i < samples; i++)
        {
            double x = random.NextDouble(), y = random.NextDouble();
            if (x * x + y * y <= 1) inside++;
        }

        double pi = 4.0 * inside / samples;
        run.Metric("pi", pi);
        run.Metric("error", Math.Abs(pi - Math.PI));
    })
    .Over(Space.Values(1_000, 10_000, 100_000))
    .Repeat(10, seed: 42);

Results results = await experiment.RunAsync(args);
results.Display(by: "samples");
