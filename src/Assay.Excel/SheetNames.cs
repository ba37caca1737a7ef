using System.Buffers;

namespace Assay.Excel;

/// <summary>Names that Excel takes for a sheet; with any other it calls the file damaged.</summary>
internal static class SheetNames
{
    private const int Longest = 31;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(":\\/?*[]");

    public static string Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isValid = name.Length is > 0 and <= Longest && !name.AsSpan().ContainsAny(Forbidden) && name[0] != '\'' && name[^1] != '\''
            && !name.Any(char.IsControl);
        return isValid ? name : throw new ArgumentException(
            $"'{name}' is no name of a sheet; expected 1 to {Longest} characters, none of : \\ / ? * [ ], no apostrophe at either "
                + "end.", nameof(name));
    }
}
