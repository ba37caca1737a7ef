using System.Diagnostics.CodeAnalysis;

namespace Assay.Tables;

/// <summary>
/// The formats of other packages. A program that refers to such a package has its types, so they are looked up by name; a trimmed program
/// keeps them, because the names are constants.
/// </summary>
internal static class FormatPackages
{
    public static ITableWriter? ExcelWriter { get; } = Create<ITableWriter>(Type.GetType("Assay.ExcelWriter, Assay.Excel"));

    public static ITableWriter? AvroWriter { get; } = Create<ITableWriter>(Type.GetType("Assay.AvroWriter, Assay.Avro"));

    public static ITableReader? AvroReader { get; } = Create<ITableReader>(Type.GetType("Assay.AvroReader, Assay.Avro"));

    /// <summary>What to do about a format whose package is missing.</summary>
    public static string Fault(string format, string package) =>
        $"{format} needs the package {package}, to which this program does not refer; run 'dotnet add package {package}' "
        + $"(in a program of one file: '#:package {package}@*'), or choose another format, such as csv.";

    private static T? Create<T>([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type? type)
        where T : class => type is null ? null : (T?)Activator.CreateInstance(type);
}
