using System.Globalization;

namespace Assay;

/// <summary>Writes numbers in the invariant culture. Other cultures may have another minus sign.</summary>
internal static class Invariant
{
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
