#:project ../src/Assay/Assay.csproj
// A program that records what it does, without an experiment around it. Run it a few times, then ask:
//   dotnet run --project src/Assay.Cli -- best metrics.acc
//   dotnet run --project src/Assay.Cli -- history latest metrics.loss
//   dotnet run --project src/Assay.Cli -- show latest
// or let an agent ask: 'skill --write .claude/skills/assay/SKILL.md' tells it how.
using Assay;

// What is known at the start is recorded once, and with it the exact code: commit, branch and uncommitted changes. Leaving the block ends
// the run, as failed when an exception leaves it; a run whose process is killed is interrupted and keeps what it had recorded.
using Run run = Run.Start("training my neural network", metadata: new
{
    hparams = new { learning_rate = 0.03, batch_size = 32 },
});

for (int step = 0; step < 5; step++)
{
    double loss = 1.0 / (step + 1);
    double acc = 0.6 + step * 0.05;

    // Any value, as often as you like; the note tells a reader what it means.
    run.Track(new { step, metrics = new { loss, acc } }, note: "training metrics after each step");
}

Console.WriteLine($"run {run.Id[..8]}: {run.Journal}");
