namespace Assay;

/// <summary>Whether parameters are a record with named members or a single value.</summary>
internal static class ParameterForm
{
    public static RecordEncoder? RecordOf(Type type)
    {
        try
        {
            return CanonicalEncoder.For(type) as RecordEncoder;
        }
        catch (CanonicalFormException)
        {
            // Reported where the value itself is written, with the path.
            return null;
        }
    }
}
