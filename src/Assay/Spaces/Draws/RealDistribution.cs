namespace Assay;

/// <summary>A distribution of real numbers, for members of type <c>double</c>, <c>float</c> or <c>decimal</c>.</summary>
internal abstract class RealDistribution : Distribution
{
    /// <summary>Maps 64 uniform bits to a number.</summary>
    public abstract double Sample(ulong bits);

    public override Func<long, object?>? Bind(MemberPath member, SampleBits? bits, ICollection<string> faults)
    {
        Type type = member.Last.ValueType;
        if (type == typeof(object) || type == typeof(double)) return step => Sample(bits!(step));
        if (type == typeof(float)) return step => (float)Sample(bits!(step));
        if (type == typeof(decimal) && FitsDecimal) return step => (decimal)Sample(bits!(step));
        string alternative = MemberValue.IsNumber(type) ? "use Int, LogInt or Choice" : "use Choice";
        faults.Add(type == typeof(decimal)
            ? $"axis {member.Text}: {Text} exceeds the range of decimal, the type of the member; use narrower bounds or a double"
            : $"axis {member.Text}: {Text} draws real numbers, but the member is {TypeName.Of(member.Last.Type)}; {alternative}");
        return null;
    }

    /// <summary>Whether every sample is within the range of <c>decimal</c>.</summary>
    protected abstract bool FitsDecimal { get; }

    protected static bool WithinDecimal(double value) => Math.Abs(value) < 7.9e28;
}

/// <summary>Uniform: <c>low + (high − low)·u</c>.</summary>
internal sealed class UniformDistribution : RealDistribution
{
    private readonly double _low, _high;

    public UniformDistribution(string member, double low, double high)
    {
        _low = Finite(member, "Uniform", "low", low);
        _high = Finite(member, "Uniform", "high", high);
        Ordered(member, "Uniform", low, high);
        Finite(member, "Uniform", "the distance from low to high", high - low);
    }

    public override string Text => $"Uniform({Number(_low)}, {Number(_high)})";

    public override double Sample(ulong bits) => Math.Min(_low + (_high - _low) * Fraction(bits), _high);

    protected override bool FitsDecimal => WithinDecimal(_low) && WithinDecimal(_high);
}

/// <summary>Log-uniform: <c>exp(ln low + (ln high − ln low)·u)</c>, clamped to the bounds.</summary>
internal sealed class LogUniformDistribution : RealDistribution
{
    private readonly double _low, _high, _logLow, _logRange;

    public LogUniformDistribution(string member, double low, double high)
    {
        _low = Finite(member, "LogUniform", "low", low);
        _high = Finite(member, "LogUniform", "high", high);
        if (low <= 0)
            throw new AssayException($"LogUniform for {member}: low is {Number(low)}, expected a number above 0; use Uniform instead.");
        Ordered(member, "LogUniform", low, high);
        _logLow = StableMath.Log(low);
        _logRange = StableMath.Log(high) - _logLow;
    }

    public override string Text => $"LogUniform({Number(_low)}, {Number(_high)})";

    public override double Sample(ulong bits) => Math.Clamp(StableMath.Exp(_logLow + _logRange * Fraction(bits)), _low, _high);

    protected override bool FitsDecimal => WithinDecimal(_high);
}

/// <summary>Normal: <c>mean + std·Φ⁻¹(u)</c>.</summary>
internal sealed class NormalDistribution : RealDistribution
{
    private readonly double _mean, _std;

    public NormalDistribution(string member, double mean, double std)
    {
        _mean = Finite(member, "Normal", "mean", mean);
        _std = Finite(member, "Normal", "std", std);
        if (std < 0) throw new AssayException($"Normal for {member}: std is {Number(std)}, expected a standard deviation of 0 or more.");
        Finite(member, "Normal", "mean ± 10 std", Math.Abs(mean) + 10 * std);
    }

    public override string Text => $"Normal({Number(_mean)}, {Number(_std)})";

    public override double Sample(ulong bits) => _mean + _std * NormalQuantile.FromBits(bits);

    protected override bool FitsDecimal => WithinDecimal(Math.Abs(_mean) + 10 * _std);
}
