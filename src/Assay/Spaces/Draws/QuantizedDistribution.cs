using System.Globalization;

namespace Assay;

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
        {
            throw new AssayException(
                $"Quantized for {member}: there are {Number(steps)} steps of {Number(step)} from {Number(low)} to {Number(high)}, expected "
                + "fewer than 2^52; use a larger step, or Uniform.");
        }
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
            if (MemberValue.TryConvert(value, type, allowsNull: false, out _, out string problem)) continue;
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
