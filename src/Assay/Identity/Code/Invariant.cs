using System.Globalization;

namespace Assay;

/// <summary>Numbers the same in every culture; some write the minus sign differently.</summary>
internal static class Invariant
{
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
