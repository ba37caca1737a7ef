using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Assay.Tables.Tests;

/// <summary>Arrow files with types that Assay does not write.</summary>
internal static class ArrowFiles
{
    public static void Write(string path, params (string Name, IArrowArray Values)[] columns)
    {
        var schema =
            new Schema(columns.Select(column => new Field(column.Name, column.Values.Data.DataType, nullable: true)), metadata: null);
        using FileStream stream = File.Create(path);
        using var writer = new ArrowFileWriter(stream, schema);
        writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(column => column.Values), columns[0].Values.Length));
        writer.WriteEnd();
    }

    public static DictionaryArray Codes(int[] codes, string[] entries) =>
        Codes(new Int32Array.Builder().AppendRange(codes).Build(), entries);

    public static DictionaryArray Codes(Int32Array codes, string[] entries) =>
        new(
            new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), codes,
            new StringArray.Builder().AppendRange(entries).Build());

    public static ArrowBuffer Buffer<T>(params T[] values) where T : unmanaged => new(MemoryMarshal.AsBytes<T>(values).ToArray());
}
