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

    /// <summary>Returns a parameter, which must be a finite number.</summary>
    protected static double Finite(string member, string distribution, string parameter, double value) => double.IsFinite(value) ? value
        : throw new AssayException($"{distribution} for {member}: {parameter} is {Number(value)}, expected a finite number.");

    protected static void Ordered<TBound>(string member, string distribution, TBound low, TBound high) where TBound : IComparable<TBound>
    {
        if (low.CompareTo(high) > 0)
            throw new AssayException(
                $"{distribution} for {member}: low {ValueText.Of(low)} is above high {ValueText.Of(high)}; give the lower bound first.");
    }
}
