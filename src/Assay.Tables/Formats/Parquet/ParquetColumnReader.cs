using System.Numerics;
using System.Runtime.InteropServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using ParquetEncoding = Parquet.Meta.Encoding;
using PhysicalType = Parquet.Meta.Type;

namespace Assay.Tables;

/// <summary>Reads one column of a Parquet file from all row groups.</summary>
internal sealed class ParquetColumnReader(ParquetReader file, DataField field, ParquetLeaf leaf)
{
    public Column Read(int rowCount)
    {
        return leaf.Physical switch
        {
            PhysicalType.BOOLEAN => Converted<bool, bool>(value => value, Flags),
            PhysicalType.INT32 => Converted<int, long>(value => value, leaf.Whole),
            PhysicalType.INT64 => Converted<long, long>(value => value, leaf.Whole),
            PhysicalType.INT96 => Converted<BigInteger, long>(ParquetLeaf.Ticks, leaf.Whole),
            PhysicalType.FLOAT => Converted<float, double>(value => value, Fractions),
            PhysicalType.DOUBLE => Converted<double, double>(value => value, Fractions),
            _ when leaf.Meaning == ParquetMeaning.Half =>
                Converted<ReadOnlyMemory<byte>, double>(bytes => (double)BitConverter.ToHalf(bytes.Span), Fractions),
            _ => Converted<ReadOnlyMemory<byte>, string?>(new TextCache(leaf.Text).Text, leaf.Texts),
        };

        Column Flags(bool[] values, Validity? validity) => new TypedColumn<bool>(leaf.Name, ColumnType.Boolean, values, validity);

        Column Fractions(double[] values, Validity? validity) => new TypedColumn<double>(leaf.Name, ColumnType.Double, values, validity);

        Column Converted<TFrom, TTo>(Func<TFrom, TTo> convert, Func<TTo[], Validity?, Column> finish) where TFrom : struct
        {
            var values = new TTo[rowCount];
            var valid = new ulong[Validity.WordCount(rowCount)];
            int start = 0;
            foreach (ParquetRowGroupReader group in file.RowGroups) start += Read(group, values, valid, start, convert);
            return finish(values, Validity.From(valid, rowCount));
        }
    }

    private int Read<TFrom, TTo>(ParquetRowGroupReader group, TTo[] rows, ulong[] valid, int start, Func<TFrom, TTo> convert)
        where TFrom : struct
    {
        int count = (int)group.RowCount;
        if (count == 0) return 0;
        ColumnMetaData? chunk = group.GetMetadata(field)?.MetaData;
        return ParquetTableReader.AtPlace(chunk?.DataPageOffset ?? 0, $"column '{leaf.Name}'", () =>
        {
            if (chunk?.NumValues != count) throw new InvalidDataException($"{chunk?.NumValues ?? 0} values are announced for {count} rows");
            if (leaf.Physical == PhysicalType.BOOLEAN && HasRuns(chunk))
                throw new NotSupportedException("booleans are encoded as runs; write them plain");
            var values = new TFrom[count];
            int[]? levels = field.MaxDefinitionLevel > 0 ? new int[count] : null;
            group.ReadRawAsync<TFrom>(field, values, levels is null ? null : levels.AsMemory(), null).AsTask().GetAwaiter().GetResult();
            TTo absent = Numbers.Absent<TTo>();
            int next = 0;
            for (int row = 0; row < count; row++)
            {
                bool isValid = levels is null || levels[row] == 1;
                rows[start + row] = isValid ? convert(values[next++]) : absent;
                if (isValid) valid[(start + row) >> 6] |= 1UL << ((start + row) & 63);
            }

            return count;
        });
    }

    // The library takes the length before the runs for a part of them, so that all values would be wrong.
    private static bool HasRuns(ColumnMetaData chunk) => chunk.EncodingStats is { } pages
        ? pages.Exists(page => page.PageType is PageType.DATA_PAGE or PageType.DATA_PAGE_V2 && page.Encoding == ParquetEncoding.RLE)
        : !chunk.Encodings.Contains(ParquetEncoding.PLAIN);

    /// <summary>Values of a dictionary are the same memory each time, and become one text.</summary>
    private sealed class TextCache(Func<ReadOnlyMemory<byte>, string> text)
    {
        private const int Largest = 1 << 16;

        private readonly Dictionary<byte[], string> _known = new(ReferenceEqualityComparer.Instance);

        public string Text(ReadOnlyMemory<byte> bytes)
        {
            if (!MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment) || segment.Array is not { Length: > 0 } array)
                return text(bytes);
            if (_known.TryGetValue(array, out string? known)) return known;
            if (_known.Count < Largest) _known.Add(array, known = text(bytes));
            return known ?? text(bytes);
        }
    }
}
