namespace Assay.Tables;

/// <summary>The writer of workbooks, where the program refers to the package that has it. Tables depend on nothing, so it is looked up by name.</summary>
internal static class ExcelPackage
{
    private const string WriterType = "Assay.ExcelWriter, Assay.Excel";

    public static ITableWriter? Writer { get; } = Type.GetType(WriterType, throwOnError: false) is { } type ? (ITableWriter?)Activator.CreateInstance(type) : null;

    public static string? Fault => Writer is not null ? null :
        "xlsx is written by the package Assay.Excel, to which this program does not refer; run 'dotnet add package Assay.Excel' (in a program of one file: '#:package Assay.Excel@*'), or choose another format, such as csv.";
}
