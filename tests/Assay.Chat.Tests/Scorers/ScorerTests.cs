namespace Assay.Chat.Tests;

[Trait("Category", "Quick")]
public class ScorerTests
{
    [Theory]
    [InlineData("The total is $1,234.50", "1234.5", "1234.50")]
    [InlineData("She has 18.", "18", "18")]
    [InlineData("She makes 9 * 2 = $<<9*2=18>>18 every day.\n#### 18", "18", "18")]
    [InlineData("It is 7 of 9.\nA: 18", "A: 18", "18")]
    [InlineData("A: $18 a day, 7 days", "18", "18")]
    [InlineData("#### 1,000\nbecause 3 is odd", "1000", "1000")]
    [InlineData("The answer is 3/4 of 8", "0.75", "3/4")]
    [InlineData("so 1 1/2 cups", "1.5", "1 1/2")]
    [InlineData("minus: -5", "-5", "-5")]
    [InlineData("−5 degrees", "-5", "-5")]
    [InlineData("from 3-5", "5", "5")]
    [InlineData("50%", "50", "50")]
    [InlineData("about 1.5e3", "1500", "1.5e3")]
    [InlineData("€ 2,500,000", "2500000", "2500000")]
    [InlineData("-$45", "-45", "-45")]
    [InlineData(".5", "0.5", ".5")]
    public void A_number_is_found_where_an_answer_has_it(string answer, string expected, string extracted)
    {
        Score score = Scorer.Numeric().Judge(answer, expected);
        Assert.Equal((1.0, extracted, expected), (score.Value!.Value, score.Extracted, score.Expected));
    }

    [Theory]
    [InlineData("17", "18", 0, 0)]
    [InlineData("3.14", "3.14159", 0.01, 1)]
    [InlineData("3.1", "3.14159", 0.01, 0)]
    [InlineData("1e400", "18", 0, 0)]
    public void Numbers_are_compared_with_a_tolerance(string answer, string expected, double absolute, double score) =>
        Assert.Equal(score, Scorer.Numeric(absolute).Judge(answer, expected).Value);

    [Fact]
    public void An_answer_without_a_number_is_incorrect_and_says_so()
    {
        Score score = Scorer.Numeric().Judge("I do not know", "18");
        Assert.Equal(("incorrect", "no number in the answer", null), (score.Outcome, score.Reason, score.Extracted));
        AssayException fault = Assert.Throws<AssayException>(() => Scorer.Numeric().Judge("1", "none"));
        Assert.Contains("has no number", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B", "B", 1)]
    [InlineData("b", "B", 1)]
    [InlineData("(B)", "B", 1)]
    [InlineData("B. Because a is wrong", "B", 1)]
    [InlineData("A is tempting. The answer is (c).", "C", 1)]
    [InlineData("Not A, but B", "A", 0)]
    [InlineData("It's a bad question", "A", 0)]
    public void A_choice_is_a_letter_of_its_own(string answer, string expected, double score) =>
        Assert.Equal(score, Scorer.Choice("ABCD").Judge(answer, expected).Value);

    [Theory]
    [InlineData("exact", " yes\n", "yes", 1)]
    [InlineData("exact", "Yes", "yes", 0)]
    [InlineData("normalised", "The  Eiffel tower!", "eiffel tower", 1)]
    [InlineData("contains", "It is in Paris.", "paris", 1)]
    [InlineData("contains", "It is in Rome.", "paris", 0)]
    [InlineData("f1", "the cat sat", "cat sat down", 0.8)]
    [InlineData("set", "b, A; c", "a,b", 0.8)]
    [InlineData("set", "", "", 1)]
    [InlineData("regex", "x=1, x=2", "2", 1)]
    [InlineData("json", "Sure: {\"result\": {\"value\": 3}} done", "3", 1)]
    [InlineData("json", "{broken {\"result\": {\"value\": \"x\"}}", "x", 1)]
    [InlineData("json", "no JSON", "3", 0)]
    public void Texts_are_compared(string scorer, string answer, string expected, double score)
    {
        Scorer chosen = scorer switch
        {
            "exact" => Scorer.Exact,
            "normalised" => Scorer.Normalised,
            "contains" => Scorer.Contains,
            "f1" => Scorer.F1,
            "set" => Scorer.Set(),
            "regex" => Scorer.Regex(@"x=(\d)"),
            _ => Scorer.JsonField("result.value"),
        };
        Assert.Equal(score, chosen.Judge(answer, expected).Value!.Value, 12);
    }

    [Fact]
    public void Extraction_can_be_replaced()
    {
        Score score = Scorer.Exact.Of(text => text.Split('\n')[0]).Judge("first\nsecond", "first");
        Assert.Equal((1.0, "first"), (score.Value, score.Extracted));
    }

    [Fact]
    public void A_score_is_from_0_to_1_or_none()
    {
        Assert.Throws<AssayException>(() => Score.Of(1.5));
        Assert.Throws<AssayException>(() => Score.Of(double.NaN));
        Assert.Equal("partial", Score.Of(0.5).Outcome);
        Assert.Equal("unscored (no key)", Score.Unscored("no key").ToString());
    }
}
