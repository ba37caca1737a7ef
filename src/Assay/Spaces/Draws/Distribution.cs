namespace Assay;

/// <summary>A distribution, its parameters already checked. Its text is how it is declared.</summary>
internal abstract class Distribution : AxisValues
{
    public abstract string Text { get; }

    public sealed override MemberDescription Describe(string name, Member? member) => new(name, null, Text);

    protected static string Number(double value) => ValueText.Of(value);

    /// <summary>Refuses a parameter that is not a finite number.</summary>
    protected static double Finite(string member, string distribution, string parameter, double value) => double.IsFinite(value) ? value
        : throw new AssayException($"{distribution} for {member}: {parameter} is {Number(value)}, expected a finite number.");

    /// <summary>Refuses bounds that are the wrong way round.</summary>
    protected static void Ordered<TBound>(string member, string distribution, TBound low, TBound high) where TBound : IComparable<TBound>
    {
        if (low.CompareTo(high) > 0)
            throw new AssayException(
                $"{distribution} for {member}: low {ValueText.Of(low)} is above high {ValueText.Of(high)}; give the lower bound first.");
    }
}
