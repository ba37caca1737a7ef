namespace Assay.Tests;

/// <summary>What a program says of parameters that look like secrets.</summary>
[Collection(ErrorOutput.Name)]
[Trait("Category", "Quick")]
public sealed class RecordedSecretsTests : IDisposable
{
    private const string Advice = ", and parameters, context and metadata are recorded as they are. Read secrets where they are used, for "
        + "example from an environment variable, which is not recorded.";

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_experiment_names_the_parameters_and_metadata_that_look_like_secrets_once()
    {
        Experiment<Call> experiment = Experiment.Create<Call>("call", (_, _) => { })
            .Over(Space.Values(new Call(1, "k1"), new Call(2, "k2"))).Metadata(new { db = new { password = "hunter2" } });
        (_, string errors) = await ErrorOutput.While(() => experiment.RunAsync(_store.Options));
        Assert.Equal(
            "assay: 'ApiKey', 'db.password' look like secrets" + Advice,
            Assert.Single(errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task A_lone_run_names_them_too_and_what_only_sounds_alike_is_not_named()
    {
        string errors = await ErrorOutput.While(() =>
        {
            var options = new TrackOptions { Store = _store.Path, Snapshot = SnapshotOptions.Off };
            using (Run.Start("plain", new { max_tokens = 100, token = 3, password_file = "/run/x.txt" }, options: options))
            using (Run.Start("named", new { token = "abc" }, options: options))
                return Task.CompletedTask;
        });
        Assert.Equal(
            "assay: 'token' looks like a secret" + Advice,
            Assert.Single(errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)));
    }

    private sealed record Call(int N, string ApiKey);
}
