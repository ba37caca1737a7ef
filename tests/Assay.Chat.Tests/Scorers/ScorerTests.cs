using System.Diagnostics;

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
    [InlineData("Final answer:\n- 18", "18", "18")]
    [InlineData("Total - 18", "18", "18")]
    [InlineData("Total -18", "-18", "-18")]
    [InlineData("$-45", "-45", "-45")]
    [InlineData("Answer: 9 * 2 = 18", "18", "18")]
    [InlineData("A: 5 + 3 = 8", "8", "8")]
    [InlineData("A: 5 + 3 = 8 apples for 2 children", "8", "8")]
    [InlineData("#### 9 * 2 = 18\n3 steps", "18", "18")]
    [InlineData("A: 18", "18", "18")]
    [InlineData("#### 18", "18", "18")]
    [InlineData("The answer is 18. I hope this answer helps with problem 3.", "18", "18")]
    [InlineData("The answer is 18. There were 3 steps. I hope this answer is useful.", "18", "18")]
    [InlineData("The answer to problem 3 is **18**.", "18", "18")]
    [InlineData("The final answer would be 18 of 20", "18", "18")]
    [InlineData("my answer 18 beats 3", "18", "18")]
    [InlineData("答案是１８。", "18", "18")]
    [InlineData("Ａ： ￥１，２３４．５０", "1234.5", "1234.50")]
    [InlineData("18\u00a0000", "18000", "18000")]
    [InlineData("1\u202f234\u202f567 people", "1234567", "1234567")]
    [InlineData("18\u00a0kg", "18", "18")]
    [InlineData("1.5 x 10^3", "1500", "1.5e3")]
    [InlineData("1.5 × 10³ metres", "1500", "1.5e3")]
    [InlineData(@"$1.5 \times 10^{-3}$", "0.0015", "1.5e-3")]
    [InlineData("1.5 × 10⁻³", "0.0015", "1.5e-3")]
    [InlineData("10^3", "1000", "1e3")]
    [InlineData("18 m^2", "18", "18")]
    [InlineData("No.5", "5", "5")]
    [InlineData("so...5", "5", "5")]
    [InlineData("-1 1/2", "-1.5", "-1 1/2")]
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
    [InlineData("1e99999999999999999999", "18", 0, 0)]
    public void Numbers_are_compared_with_a_tolerance(string answer, string expected, double absolute, double score) =>
        Assert.Equal(score, Scorer.Numeric(absolute).Judge(answer, expected).Value);

    [Fact]
    public void No_answer_breaks_a_scorer()
    {
        string[] parts =
        [
            "1", "8", "000", ",", ".", "-", "−", "/", " ", "\n", "e", "E", "+", "=", "^", "10^", "{", "}", "x", "$",
            "####", "A:", "answer", " is ",
            "１", "．", "٣", "३", "½", "³", "10⁻", "\u00a0", "\u202f", "\ud83d", "\"", ":",
            "\\ud83d", "{\"v\":", "[", "*", "(", ")", "B", "b",
        ];
        var random = new Random(7);
        Scorer[] scorers = [Scorer.Numeric(), Scorer.Choice(), Scorer.JsonField("v")];
        for (int trial = 0; trial < 20_000; trial++)
        {
            string answer = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            foreach (Scorer scorer in scorers) Assert.InRange(scorer.Judge(answer, "18").Value ?? 0, 0, 1);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"")]
    [InlineData("{\"v\":[")]
    [InlineData("answer is ")]
    [InlineData("\n")]
    [InlineData(":")]
    [InlineData("1,")]
    public void Long_answers_are_judged_at_once(string part)
    {
        string answer = "answer" + string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));
        long start = Stopwatch.GetTimestamp();
        foreach (Scorer scorer in new[] { Scorer.Numeric(), Scorer.Choice(), Scorer.JsonField("v") }) scorer.Judge(answer, "1");
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

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
    [InlineData("B. A dog has four legs.", "B", 1)]
    [InlineData("(B) A capacitor", "B", 1)]
    [InlineData("B\n\nA capacitor stores charge.", "B", 1)]
    [InlineData("**B.** A dog has four legs.", "B", 1)]
    [InlineData("**B**\nA dog has four legs.", "B", 1)]
    [InlineData("b) A dog", "B", 1)]
    [InlineData("B. It is not option A.", "B", 1)]
    [InlineData("A: B", "B", 1)]
    [InlineData("A) is too small.\nB) is too large.\nThe answer is C.", "C", 1)]
    [InlineData("The answer is a bit subtle: it is B.", "B", 1)]
    [InlineData("answer: b", "B", 1)]
    [InlineData("Answer: **b**\nbecause A is wrong", "B", 1)]
    [InlineData("The answer is B because A is wrong", "B", 1)]
    [InlineData("I choose option b.", "B", 1)]
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
    [InlineData("json", "{\"result\": {\"value\": 2}}, no: {\"result\": {\"value\": 3}} or {\"other\": 1}", "3", 1)]
    [InlineData("json", "{\"result\": {\"value\": 2}}, no: {\"result\": {\"value\": 3}}", "2", 0)]
    [InlineData("json", "{\"outer\": {\"result\": {\"value\": 3}}}", "3", 1)]
    [InlineData("json", "{\"result\": {\"value\": 3.0}}", "3", 1)]
    [InlineData("json", "{\"result\": {\"value\": 3}}", "3.00", 1)]
    [InlineData("json", "{\"result\": {\"value\": 1e3}}", "1000", 1)]
    [InlineData("json", "{\"result\": {\"value\": 12345678901234567}}", "12345678901234568", 0)]
    [InlineData("json", "{\"result\": {\"value\": \"\\ud83d\"}}", "3", 0)]
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
