using System.Collections.Immutable;

namespace Assay;

/// <summary>One of several values, with equal or weighted probabilities.</summary>
internal sealed class ChoiceDistribution : Distribution
{
    private readonly ListedValues _options;
    private readonly ImmutableArray<double> _weights;
    private readonly ImmutableArray<double> _ends;
    private readonly int _last;

    private ChoiceDistribution(ListedValues options, ImmutableArray<double> weights)
    {
        (_options, _weights) = (options, weights);
        double sum = 0;
        _ends = [.. weights.Select(weight => sum += weight)];
        _last = _ends.IsEmpty ? 0 : _ends.IndexOf(sum);
    }

    public static ChoiceDistribution Of<TValue>(string member, IReadOnlyList<TValue> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Count > 0 ? new ChoiceDistribution(ListedValues.Of(options), []) : throw Empty(member);
    }

    public static ChoiceDistribution Weighted<TValue>(string member, IReadOnlyList<(TValue Value, double Weight)> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Count == 0) throw Empty(member);
        foreach ((TValue value, double weight) in options)
        {
            if (weight >= 0 && double.IsFinite(weight)) continue;
            throw new AssayException(
                $"Choice for {member}: the weight of {ValueText.Of(value)} is {Number(weight)}, expected a finite number, 0 or more.");
        }
        double sum = options.Sum(option => option.Weight);
        if (sum == 0)
            throw new AssayException($"Choice for {member}: all {options.Count} weights are 0; give at least one value a weight above 0.");
        Finite(member, "Choice", "the sum of the weights", sum);
        return new ChoiceDistribution(
            ListedValues.Of(options.Select(option => option.Value)), [.. options.Select(option => option.Weight)]);
    }

    public override string Text => "Choice(" + ValueText.Few([.. _options.Values.Select((value, i) =>
        _weights.IsEmpty ? ValueText.Of(value) : $"{ValueText.Of(value)}: {Number(_weights[i])}")], most: 20) + ")";

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        Func<long, object?>? values = _options.Bind(member, null, faults);
        return values is null ? null : step => values(Pick(bits!(step)));
    }

    private int Pick(ulong bits)
    {
        if (_weights.IsEmpty) return (int)Math.BigMul(bits, (ulong)_options.Values.Count, out _);
        double drawn = Fraction(bits) * _ends[^1];
        // The first option whose running sum exceeds the drawn value. An option of weight 0 has the running sum of its predecessor.
        int low = 0, high = _last;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ends[middle] > drawn) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private static AssayException Empty(string member) => new($"Choice for {member} has no values; give at least one.");
}
