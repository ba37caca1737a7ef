namespace Assay;

/// <summary>A distribution of integers, for members of any numeric type that represents both bounds exactly.</summary>
internal abstract class IntegerDistribution : Distribution
{
    protected IntegerDistribution(string member, string name, long low, long high)
    {
        Ordered(member, name, low, high);
        (Name, Low, High) = (name, low, high);
    }

    protected string Name { get; }
    protected long Low { get; }
    protected long High { get; }
    public override string Text => $"{Name}({ValueText.Of(Low)}, {ValueText.Of(High)})";

    /// <summary>Maps 64 uniform bits to an integer.</summary>
    public abstract long Sample(ulong bits);

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        Type type = member.Last.ValueType;
        int before = faults.Count;
        foreach (long bound in new[] { Low, High })
        {
            if (!MemberValue.TryConvert(bound, type, allowsNull: false, out _, out string problem))
                faults.Add($"axis {member.Text}: {Text} draws {ValueText.Of(bound)}, which {problem}");
        }
        if (faults.Count > before) return null;
        Func<long, object> convert = Converter(type);
        return step => convert(Sample(bits!(step)));
    }

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

/// <summary>Uniform integers: <c>low + ⌊n·bits / 2⁶⁴⌋</c> for n values. The probabilities differ by at most 2⁻⁶⁴.</summary>
internal sealed class IntDistribution(string member, long low, long high) : IntegerDistribution(member, "Int", low, high)
{
    public override long Sample(ulong bits)
    {
        ulong values = unchecked((ulong)High - (ulong)Low + 1);
        // The number of values overflows to 0 for the full range of 2⁶⁴; the bits then are the value.
        return unchecked(Low + (long)(values == 0 ? bits : Math.BigMul(bits, values, out _)));
    }
}

/// <summary>
/// Log-uniform integers: <c>⌊exp(ln(low − ½) + (ln(high + ½) − ln(low − ½))·u) + ½⌋</c>, so that the bounds have whole bins too.
/// </summary>
internal sealed class LogIntDistribution : IntegerDistribution
{
    private const long MaxHigh = 1L << 52;
    private readonly double _logLow, _logRange;

    public LogIntDistribution(string member, long low, long high) : base(member, "LogInt", low, high)
    {
        if (low < 1)
            throw new AssayException($"LogInt for {member}: low is {ValueText.Of(low)}, expected 1 or more; use Int instead.");
        if (high > MaxHigh)
            throw new AssayException($"LogInt for {member}: high is {high}, expected at most {MaxHigh}; use LogUniform instead.");
        _logLow = StableMath.Log(low - 0.5);
        _logRange = StableMath.Log(high + 0.5) - _logLow;
    }

    public override long Sample(ulong bits)
    {
        double real = StableMath.Exp(_logLow + _logRange * Fraction(bits));
        return Math.Clamp((long)Math.Floor(real + 0.5), Low, High);
    }
}
