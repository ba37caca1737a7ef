namespace Assay.Tests.Execution;

/// <summary>Exceptions of operations that cannot be asked what they are.</summary>
[Collection(ErrorOutput.Name)]
[Trait("Category", "Quick")]
public sealed class OddExceptionTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("Message", "(Message of Assay.Tests.Execution.OddExceptionTests.Odd threw Assay.Tests.Execution.OddExceptionTests.Odd)")]
    [InlineData("StackTrace", "odd")]
    [InlineData("ToString", "odd")]
    [InlineData("null", "(the message of Assay.Tests.Execution.OddExceptionTests.Odd is null)")]
    public async Task An_exception_whose_members_throw_fails_its_run_and_no_other(string member, string message)
    {
        (Results results, string errors) = await ErrorOutput.While(() => Experiment.Create<int>("odd", (n, _) =>
        {
            if (n == 1) throw new Odd(member);
        }).Over(Space.Values(0, 1, 2)).IdentifyCodeBy(CodeIdentity.None).RunAsync(_store.Options));

        RunRecord failed = Assert.Single(results.Failed);
        Assert.Equal(2, results.Successful.Count);
        Assert.Equal(("exception", "Assay.Tests.Execution.OddExceptionTests.Odd", message),
            (failed.Error!.Kind, failed.Error.Type, failed.Error.Message));
        Assert.Contains($"1 run of 'odd:1' failed; the first with Assay.Tests.Execution.OddExceptionTests.Odd: {message.TrimEnd('.')}. "
            + "Running again", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_run_is_failed_by_an_exception_that_throws_when_asked()
    {
        string journal = "";
        Assert.Throws<Odd>(void () =>
        {
            using Run run = Run.Start("odd", options: new() { Store = _store.Path });
            journal = run.Journal;
            throw new Odd("Message");
        });
        Assert.Equal("failed", JournalText.LinesOf(journal).Single(l => l.Kind() == "run_end").Status());
    }

    [Fact]
    public async Task What_an_exception_says_cannot_steer_the_terminal()
    {
        (_, string errors) = await ErrorOutput.While(() => Experiment
            .Create<int>("escape", (_, _) => throw new InvalidOperationException("red \u001b[31m \u202e\rhidden"))
            .Over(Space.Values(0)).IdentifyCodeBy(CodeIdentity.None).RunAsync(_store.Options));

        Assert.Contains(@"System.InvalidOperationException: red \u001b[31m \u202e\rhidden. Running", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', errors);
    }

    [Fact]
    public async Task What_other_code_says_ends_with_one_full_stop()
    {
        Space<int> broken = Space.Values(1, 0).Where(n => 1 / n > 0);
        InvalidExperimentException fault = await Assert.ThrowsAsync<InvalidExperimentException>(
            () => Experiment.Create<int>("filtered", (_, _) => { }).Over(broken).RunAsync(_store.Options));
        Assert.Contains("Attempted to divide by zero; make it return false instead", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["ends.", "asks?", "goes on.", "(the message of System.Exception is null)."], new[] { "ends", "asks?", "goes on.\nand "
            + "on", "(the message of System.Exception is null)" }.Select(ExceptionText.Sentence));
    }

    private sealed class Odd(string member) : Exception("odd", new FormatException("inner"))
    {
        public override string Message => member switch
        {
            "Message" => throw new Odd(member),
            "null" => null!,
            _ => base.Message,
        };

        public override string? StackTrace => member == "StackTrace" ? throw new InvalidOperationException("no stack") : base.StackTrace;

        public override string ToString() => member == "ToString" ? throw new InvalidOperationException("no text") : base.ToString();
    }
}
