namespace Assay.Cli.Tests.Queries;

public sealed class ConditionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private readonly StoreFixture _store = new();

    public ConditionTests()
    {
        _store.Journal("a").Session()
            .Begin(
                1, """{"lr":0.1,"opt":{"name":"adam","betas":[0.9,0.99]},"off":null,"big":9007199254740993}""",
                more: ",\"tags\":[\"tuned\",\"first\"]")
            .Line(1, "track", """{"step":0,"metrics":{"acc":0.5},"layers":[{"size":3},{"size":5}],"a.b":1}""")
            .Line(1, "track", """{"step":1,"metrics":{"acc":0.7}}""")
            .Line(1, "series", """{"name":"val.loss","steps":[0,1],"values":[2.0,1.0],"time_ms":[0,1]}""")
            .End(1, metrics: """{"accuracy":0.95,"loss":"NaN","verdict":"good","ok":true}""", ms: 90_000);
        _store.Journal("b", "pi", "2").At(86_400).Session().Begin(2, """{"lr":1}""", replicate: 3)
            .End(2, "failed", "{}", error: """{"kind":"timeout","type":"","message":"too slow","stack":null}""");
    }

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("lr > 0.01", "12")]
    [InlineData("params.lr = 1.0", "2")]
    [InlineData("params.lr = 0.1 and accuracy >= 0.9", "1")]
    [InlineData("accuracy < 0.9 or lr = 1", "2")]
    [InlineData("not (lr = 1)", "1")]
    [InlineData("!(lr = 1) && status = success", "1")]
    [InlineData("LR == 1e0 || lr <= -inf", "2")]
    [InlineData("lr = 0.1 or lr = 1 and status = success", "1")]
    [InlineData("params.opt.name = 'adam'", "1")]
    [InlineData("opt.name ~ \"ADA\"", "1")]
    [InlineData("opt.name !~ 'sgd'", "1")]
    [InlineData("params.opt.betas contains 0.99", "1")]
    [InlineData("params.opt.betas[0] = 0.9", "1")]
    [InlineData("params.opt.betas[] > 0.95", "1")]
    [InlineData("params.opt.betas[0] > 0.95", "")]
    [InlineData("layers[].size = 5", "1")]
    [InlineData("layers[].size != 5", "")]
    [InlineData("layers.[].size in (4, 5)", "1")]
    [InlineData("lr not in [0.1, 0.2]", "2")]
    [InlineData("tracked[\"a.b\"] = 1", "1")]
    [InlineData("metrics.acc = 0.7", "1")]
    [InlineData("metrics.acc = 0.5", "")]
    [InlineData("tracked.metrics.acc = 0.7", "1")]
    [InlineData("val.loss = 1", "1")]
    [InlineData("params.big = 9007199254740993", "1")]
    [InlineData("params.big = 9007199254740992", "")]
    [InlineData("loss = nan", "1")]
    [InlineData("loss > 0 or loss <= 0", "")]
    [InlineData("off = null", "1")]
    [InlineData("off is null", "1")]
    [InlineData("off is missing", "2")]
    [InlineData("accuracy = missing", "2")]
    [InlineData("accuracy != missing", "1")]
    [InlineData("accuracy is not missing", "1")]
    [InlineData("accuracy != 1", "1")]
    [InlineData("verdict = 'good' and ok", "1")]
    [InlineData("not ok", "2")]
    [InlineData("tags = tuned", "1")]
    [InlineData("tags contains 'first'", "1")]
    [InlineData("tags != tuned", "2")]
    [InlineData("status in (failed, running)", "2")]
    [InlineData("status = 'Failed'", "2")]
    [InlineData("error.kind = timeout", "2")]
    [InlineData("experiment = pi and version = '2'", "2")]
    [InlineData("replicate = 3 and seed = 42", "2")]
    [InlineData("duration > 60", "1")]
    [InlineData("duration = 90s", "1")]
    [InlineData("duration < 1.5m", "2")]
    [InlineData("started >= '2026-01-03'", "2")]
    [InlineData("started < '2026-01-02T12:00'", "1")]
    [InlineData("started > 2d", "2")]
    [InlineData("opt.name > 3", "")]
    public void A_condition_chooses_runs(string condition, string runs)
    {
        Results all = Store.Open(_store.Path).LoadAll();
        RunCondition parsed = RunCondition.Parse(condition, Now);
        parsed.Check(all);
        Assert.Equal(runs, string.Concat(all.Where(parsed.Holds).Select(r => r.Id == StoreFixture.Id(1) ? 1 : 2)));
    }

    [Theory]
    [InlineData("lr >> 0.1", "at character 5: expected a name, a number or quoted text, found >.")]
    [InlineData("lr >", "at character 5: expected a name, a number or quoted text, found the end.")]
    [InlineData("", "at character 1: expected a name, a number or quoted text, found the end.")]
    [InlineData("lr = 0.1 lr", "at character 10: expected 'and', 'or', or the end, found lr.")]
    [InlineData("(lr = 1", "at character 8: expected a closing parenthesis, found the end.")]
    [InlineData("lr = 'x", "at character 6: the quoted text has no end")]
    [InlineData("lr = 1z", "at character 6: '1z' is no number; expected one such as 3, 0.01, 1e-5, or a duration")]
    [InlineData("lr = %", "at character 6: '%' means nothing here")]
    [InlineData("1", "expected a comparison")]
    [InlineData("lr in 3", "expected a list in parentheses, as in (0.1, 0.2), found 3.")]
    [InlineData("lr in (3 4)", "expected a comma or ')', found 4.")]
    [InlineData("lr not 3", "expected 'in' or 'contains' after 'not', found 3.")]
    [InlineData("lr is 3", "expected 'null' or 'missing', found 3.")]
    [InlineData("status = done", "at character 10: done is no status; expected running, success, failed, cancelled, interrupted.")]
    [InlineData("started > soon", "at character 11: soon is no time; expected a time such as 2026-01-31")]
    [InlineData("duration > 'long'", "'long' is no duration")]
    [InlineData("layers[x] = 1", "expected a closing bracket")]
    [InlineData("layers[ = 1", "the bracket has no end")]
    [InlineData("a..b = 1", "expected a name")]
    public void A_condition_that_cannot_be_read_says_where_and_what_was_expected(string condition, string fault)
    {
        string message = Assert.Throws<AssayException>(() => RunCondition.Parse(condition, Now)).Message;
        Assert.Contains(fault, message, StringComparison.Ordinal);
        Assert.Contains("^", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_points_below_its_place_in_a_long_condition_too()
    {
        string[] lines = Assert.Throws<AssayException>(() => RunCondition.Parse($"lr = 1 and {new string('x', 300)} = %", Now))
            .Message.Split('\n');
        Assert.Equal('%', lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)]);
        Assert.InRange(lines[1].Length, 100, 210);
    }

    [Fact]
    public void Names_that_no_run_has_are_told_with_their_place_and_those_there_are()
    {
        ToolResult result = _store.Run("ls", "--where", "lr > 0 and acuracy > 0.9");
        Assert.Equal((2, ""), (result.Exit, result.Out));
        const string Names = "params.lr, params.opt.betas[], params.big";
        Assert.StartsWith($"assay: no run has a value called 'acuracy' (the condition's character 12); there are {Names}", result.Error);
        Assert.Contains("Did you mean 'accuracy'?", result.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'params.opt.name'?", _store.Run("ls", "--where", "name = 'adam'").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    [InlineData("lr = 1 and ")]
    public void A_condition_too_long_to_be_meant_is_refused_and_ends_nothing(string part) => Assert.Contains(
        "expected 1000 at most",
        Assert.Throws<AssayException>(
            () => RunCondition.Parse(string.Concat(Enumerable.Repeat(part, 100_000)), Now)).Message, StringComparison.Ordinal);

    // Whatever people type, the answer is a condition or a message with a place, never a crash.
    [Fact]
    public void Random_conditions_are_read_or_refused()
    {
        string[] words = [
            "lr", "params.lr", "and", "or", "not", "(", ")", ">", "=", "!=", "~", "0.1", "'x'", "\"", "in", "is", "missing", "null",
            "layers[]", "[", "]", ",", "status", "2w", "-", "é", "\\", "a.\"b", "."];
        var random = new Random(7);
        RunRecord run = Store.Open(_store.Path).LoadAll()[0];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Join(
                random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                RunCondition.Parse(text, Now).Holds(run);
            }
            catch (AssayException fault)
            {
                Assert.Contains("cannot be read at character", fault.Message, StringComparison.Ordinal);
            }
        }
    }
}
