namespace Assay;

/// <summary>A distribution of integers, for members of any numeric type that represents both bounds exactly.</summary>
/// <param name="text">The declaration.</param>
/// <param name="low">The smallest value.</param>
/// <param name="high">The largest value.</param>
/// <param name="sample">Maps 64 uniform bits to an integer.</param>
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

    /// <summary>
    /// Log-uniform integers: <c>⌊exp(ln(low − ½) + (ln(high + ½) − ln(low − ½))·u) + ½⌋</c>, so that the bounds have whole bins too.
    /// </summary>
    public static IntegerDistribution LogInt(string member, long low, long high)
    {
        Ordered(member, "LogInt", low, high);
        if (low < 1)
            throw new AssayException($"LogInt for {member}: low is {ValueText.Of(low)}, expected 1 or more; use Int instead.");
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
            if (!MemberValue.TryConvert(bound, type, allowsNull: false, out _, out string problem))
                faults.Add($"axis {member.Text}: {Text} draws {ValueText.Of(bound)}, which {problem}");
        }

        if (faults.Count > before) return null;
        Func<long, object> convert = Converter(type);
        return step => convert(sample(bits!(step)));
    }

    private static IntegerDistribution Create(string name, long low, long high, Func<ulong, long> sample) =>
        new($"{name}({ValueText.Of(low)}, {ValueText.Of(high)})", low, high, sample);

    private static Func<long, object> Converter(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => value => (int)value,
        TypeCode.Double => value => (double)value,
        TypeCode.Single => value => (float)value,
        TypeCode.Decimal => value => (decimal)value,
        TypeCode.SByte => value => (sbyte)value,
        TypeCode.Byte => value => (byte)value,
        TypeCode.Int16 => value => (short)value,
        TypeCode.UInt16 => value => (ushort)value,
        TypeCode.UInt32 => value => (uint)value,
        TypeCode.UInt64 => value => (ulong)value,
        _ => value => value,
    };
}
