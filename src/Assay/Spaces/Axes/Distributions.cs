using System.Collections.Immutable;
using System.Globalization;

namespace Assay;

/// <summary>A distribution with valid parameters.</summary>
internal abstract class Distribution : AxisValues
{
    /// <summary>The declaration, as in <c>Uniform(0, 1)</c>.</summary>
    public abstract string Text { get; }

    public sealed override MemberDescription Describe(string name, Member? member) => new(name, null, Text);

    protected static string Number(double value) => ValueText.Of(value);

    /// <summary>The upper 53 bits as a number in [0, 1).</summary>
    protected static double Fraction(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    protected static double Finite(string member, string distribution, string parameter, double value) => double.IsFinite(value) ? value
        : throw new AssayException($"{distribution} for {member}: {parameter} is {Number(value)}, expected a finite number.");

    protected static void Ordered<TBound>(string member, string distribution, TBound low, TBound high) where TBound : IComparable<TBound>
    {
        if (low.CompareTo(high) > 0)
            throw new AssayException(
                $"{distribution} for {member}: low {ValueText.Of(low)} is above high {ValueText.Of(high)}; give the lower bound first.");
    }
}

/// <summary>Real numbers, computed from 64 uniform bits; the largest absolute value decides whether a decimal can hold them.</summary>
internal sealed class RealDistribution(string text, Func<ulong, double> sample, double largest) : Distribution
{
    private const double MaxDecimal = 7.9e28;

    public override string Text => text;

    /// <summary>Uniform: <c>low + (high − low)·u</c>.</summary>
    public static RealDistribution Uniform(string member, double low, double high)
    {
        Finite(member, "Uniform", "low", low);
        Finite(member, "Uniform", "high", high);
        Ordered(member, "Uniform", low, high);
        Finite(member, "Uniform", "the distance from low to high", high - low);
        return new($"Uniform({Number(low)}, {Number(high)})", bits => Math.Min(low + (high - low) * Fraction(bits), high),
            Math.Max(Math.Abs(low), Math.Abs(high)));
    }

    /// <summary>Log-uniform: <c>exp(ln low + (ln high − ln low)·u)</c>, clamped to the bounds.</summary>
    public static RealDistribution LogUniform(string member, double low, double high)
    {
        Finite(member, "LogUniform", "low", low);
        Finite(member, "LogUniform", "high", high);
        if (low <= 0)
            throw new AssayException($"LogUniform for {member}: low is {Number(low)}, expected a number above 0; use Uniform instead.");
        Ordered(member, "LogUniform", low, high);
        double logLow = StableMath.Log(low), logRange = StableMath.Log(high) - logLow;
        return new($"LogUniform({Number(low)}, {Number(high)})",
            bits => Math.Clamp(StableMath.Exp(logLow + logRange * Fraction(bits)), low, high), high);
    }

    /// <summary>Normal: <c>mean + std·Φ⁻¹(u)</c>.</summary>
    public static RealDistribution Normal(string member, double mean, double std)
    {
        Finite(member, "Normal", "mean", mean);
        Finite(member, "Normal", "std", std);
        if (std < 0) throw new AssayException($"Normal for {member}: std is {Number(std)}, expected a standard deviation of 0 or more.");
        double largest = Finite(member, "Normal", "mean ± 10 std", Math.Abs(mean) + 10 * std);
        return new($"Normal({Number(mean)}, {Number(std)})", bits => mean + std * NormalQuantile.FromBits(bits), largest);
    }

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        Type type = member.Last.ValueType;
        if (type == typeof(object) || type == typeof(double)) return step => sample(bits!(step));
        if (type == typeof(float)) return step => (float)sample(bits!(step));
        if (type == typeof(decimal) && largest < MaxDecimal) return step => (decimal)sample(bits!(step));
        string alternative = MemberValue.IsNumber(type) ? "use Int, LogInt or Choice" : "use Choice";
        faults.Add(type == typeof(decimal)
            ? $"axis {member.Text}: {Text} exceeds the range of decimal, the type of the member; use narrower bounds or a double"
            : $"axis {member.Text}: {Text} draws real numbers, but the member is {TypeName.Of(member.Last.Type)}; {alternative}");
        return null;
    }
}

/// <summary>Integers, computed from 64 uniform bits.</summary>
internal sealed class IntegerDistribution(string text, long low, long high, Func<ulong, long> sample) : Distribution
{
    private const long MaxLogHigh = 1L << 52;

    public override string Text => text;

    /// <summary>Uniform integers: <c>low + ⌊n·bits / 2⁶⁴⌋</c> for n values. The probabilities differ by at most 2⁻⁶⁴.</summary>
    public static IntegerDistribution Int(string member, long low, long high)
    {
        Ordered(member, "Int", low, high);
        ulong values = unchecked((ulong)high - (ulong)low + 1);
        // The number of values overflows to 0 for the full range of 2⁶⁴; the bits then are the value.
        return Create("Int", low, high, bits => unchecked(low + (long)(values == 0 ? bits : Math.BigMul(bits, values, out _))));
    }

    /// <summary>Log-uniform: <c>⌊exp(ln(low − ½) + (ln(high + ½) − ln(low − ½))·u) + ½⌋</c>, so that the bounds have whole bins.</summary>
    public static IntegerDistribution LogInt(string member, long low, long high)
    {
        Ordered(member, "LogInt", low, high);
        if (low < 1) throw new AssayException($"LogInt for {member}: low is {ValueText.Of(low)}, expected 1 or more; use Int instead.");
        if (high > MaxLogHigh)
            throw new AssayException($"LogInt for {member}: high is {high}, expected at most {MaxLogHigh}; use LogUniform instead.");
        double logLow = StableMath.Log(low - 0.5), logRange = StableMath.Log(high + 0.5) - logLow;
        return Create("LogInt", low, high,
            bits => Math.Clamp((long)Math.Floor(StableMath.Exp(logLow + logRange * Fraction(bits)) + 0.5), low, high));
    }

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        Type type = member.Last.ValueType;
        int before = faults.Count;
        foreach (long bound in new[] { low, high })
        {
            if (MemberValue.Problem(bound, type, allowsNull: false, out _) is { } problem)
                faults.Add($"axis {member.Text}: {Text} draws {ValueText.Of(bound)}, which {problem}");
        }

        if (faults.Count > before) return null;
        return type.IsAssignableFrom(typeof(long)) ? step => sample(bits!(step))
            : step => Convert.ChangeType(sample(bits!(step)), type, CultureInfo.InvariantCulture);
    }

    private static IntegerDistribution Create(string name, long low, long high, Func<ulong, long> sample) =>
        new($"{name}({ValueText.Of(low)}, {ValueText.Of(high)})", low, high, sample);
}

/// <summary>Multiples of a step above a lower bound: <c>low + step·⌊n·bits / 2⁶⁴⌋</c> with n = ⌊(high − low) / step⌋ + 1.</summary>
internal sealed class QuantizedDistribution : Distribution
{
    private const double MinDecimal = 1e-12, MaxDecimal = 1e12;
    private readonly double _low, _high, _step;
    private readonly ulong _values;
    private readonly bool _decimal;
    private readonly decimal _exactLow, _exactStep;

    public QuantizedDistribution(string member, double low, double high, double step)
    {
        _low = Finite(member, "Quantized", "low", low);
        _high = Finite(member, "Quantized", "high", high);
        _step = Finite(member, "Quantized", "step", step);
        Ordered(member, "Quantized", low, high);
        if (step <= 0) throw new AssayException($"Quantized for {member}: step is {Number(step)}, expected a number above 0.");
        double steps = (high - low) / step;
        if (!(steps < 1L << 52))
            throw new AssayException(
                $"Quantized for {member}: there are {Number(steps)} steps of {Number(step)} from {Number(low)} to {Number(high)}, expected "
                + "fewer than 2^52; use a larger step, or Uniform.");
        _decimal = new[] { low, high, step }.All(value => value == 0 || Math.Abs(value) is >= MinDecimal and <= MaxDecimal);
        if (_decimal) (_exactLow, _exactStep) = (Exact(low), Exact(step));
        _values = 1 + (_decimal ? (ulong)((Exact(high) - _exactLow) / _exactStep) : (ulong)steps);
    }

    public override string Text => $"Quantized({Number(_low)}, {Number(_high)}, {Number(_step)})";

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        Type type = member.Last.ValueType;
        if (type == typeof(object) || type == typeof(double)) return step => Value(bits!(step));
        if (_decimal && type == typeof(decimal)) return step => Decimal(bits!(step));
        if (type == typeof(float)) return step => (float)Value(bits!(step));

        // If the first two values and the last one convert without loss, all values do: they are integers, or the type has no gaps.
        foreach (ulong index in new[] { 0ul, Math.Min(1, _values - 1), _values - 1 }.Distinct())
        {
            object value = At(index);
            if (MemberValue.Problem(value, type, allowsNull: false, out _) is not { } problem) continue;
            faults.Add($"axis {member.Text}: {Text} draws {ValueText.Of(value)}, which {problem}");
            return null;
        }
        return step => Convert.ChangeType(Value(bits!(step)), type, CultureInfo.InvariantCulture);
    }

    private double Value(ulong bits) => At(Index(bits));

    private decimal Decimal(ulong bits) => _exactLow + _exactStep * Index(bits);

    private ulong Index(ulong bits) => Math.BigMul(bits, _values, out _);

    private double At(ulong index) => _decimal ? (double)(_exactLow + _exactStep * index) : Math.Min(_low + _step * index, _high);

    // The shortest text of a double is the text in the source; a cast would keep only 15 digits.
    private static decimal Exact(double value) =>
        decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}

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
