namespace Assay.Analysis;

/// <summary>Checks of arguments that several functions share.</summary>
internal static class Requirements
{
    public static void Confidence(double confidence)
    {
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(confidence), confidence, "A confidence is more than 0 and less than 1, such as 0.95.");
    }

    public static void SameLength(int a, int b, string ofA, string ofB)
    {
        if (a != b) throw new ArgumentException($"There are {a} {ofA} and {b} {ofB}; expected one for each.");
    }
}
