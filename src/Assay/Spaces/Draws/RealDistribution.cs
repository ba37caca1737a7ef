namespace Assay;

/// <summary>A distribution of real numbers, for members of type <c>double</c>, <c>float</c> or <c>decimal</c>.</summary>
/// <param name="text">The declaration.</param>
/// <param name="sample">Maps 64 uniform bits to a number.</param>
/// <param name="largest">The largest absolute value of a sample.</param>
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
