using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;

namespace Assay.Tables;

/// <summary>
/// The parts of a file's footer that Parquet.Net keeps to itself while it writes. Its statistics would make readers leave out rows (NaN,
/// zeros of both signs, text beyond the basic plane), and it knows neither JSON nor times that are given as whole numbers.
/// </summary>
internal static class ParquetFooter
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_thschema")]
    public static extern ref SchemaElement[] Schema(ParquetRowGroupWriter writer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_owGroup")]
    public static extern ref RowGroup RowGroup(ParquetRowGroupWriter writer);

    /// <summary>The rows of a row group, which the library counts where it writes the columns itself.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_RowCount")]
    public static extern void SetRowCount(ParquetRowGroupWriter writer, long? count);
}
