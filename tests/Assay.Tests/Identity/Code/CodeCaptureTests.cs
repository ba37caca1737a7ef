namespace Assay.Tests;

[Trait("Category", "Quick")]
public sealed class CodeCaptureTests
{
    private readonly int _state = 1;

    [Fact]
    public void A_static_lambda_captures_nothing() => Assert.Empty(Captured(static () => { }));

    [Fact]
    public void Captured_variables_are_named_in_order()
    {
        int second = 2;
        string first = "1";
        Assert.Equal(["first", "second"], Captured(() => Console.WriteLine(first + second)));
    }

    [Fact]
    public void A_variable_that_only_another_lambda_captures_is_not_named()
    {
        int mine = 1;
        int other = 2;
        Action neighbour = () => Console.WriteLine(other);
        Assert.Equal(["mine"], Captured(() => Console.WriteLine(mine)));
        Assert.Equal(["other"], Captured(neighbour));
    }

    [Fact]
    public void Variables_of_outer_scopes_are_followed()
    {
        int outer = 1;
        foreach (int inner in new[] { 1 })
        {
            int middle = inner;
            Action neighbour = () => Console.WriteLine(outer);
            Assert.Equal(["middle", "outer"], Captured(() => Console.WriteLine(outer + middle)));
            Assert.Equal(["outer"], Captured(neighbour));
        }
    }

    [Fact]
    public void A_variable_used_only_by_a_lambda_inside_is_named()
    {
        int deep = 1;
        Assert.Equal(["deep"], Captured(() => new Func<int>(() => deep)()));
    }

    [Fact]
    public void The_operation_s_own_variables_are_not_captured() =>
        Assert.Empty(Captured(() =>
        {
            int own = 1;
            return new Func<int>(() => own)();
        }));

    [Fact]
    public void An_object_is_reported_as_this()
    {
        int local = 1;
        Assert.Equal(["this"], Captured(() => _state));
        Assert.Equal(["local", "this"], Captured(() => _state + local));
    }

    [Fact]
    public void A_method_group_captures_its_object_only_if_that_has_fields()
    {
        Assert.Equal(["this"], Captured(new Stateful(1).Run));
        Assert.Empty(Captured(new Stateless().Run));
        Assert.Empty(Captured(Static));
    }

    [Fact]
    public void Every_mode_names_the_same_variables()
    {
        int x = 1;
        Action neighbour = () => Console.WriteLine(_state);
        Func<int> operation = () => x;
        neighbour();
        Assert.All(Enum.GetValues<CodeIdentity>(), mode => Assert.Equal(["x"], CodeFingerprinter.Of(operation, mode).Captured));
    }

    private static void Static() { }

    private static IReadOnlyList<string> Captured(Delegate operation) => CodeFingerprinter.Of(operation).Captured;

    private sealed class Stateful(int x)
    {
        public int Run() => x;
    }

    private sealed class Stateless
    {
        public int Run() => 1;
    }
}
