using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using WrittenStatistics = Parquet.Meta.Statistics;

namespace Assay.Tables;

/// <summary>A column of a row group: its entry in the footer, and its pages behind the four bytes that begin a file.</summary>
internal sealed record ParquetChunk(ColumnChunk Footer, MemoryStream Content)
{
    private const int MagicSize = 4;

    /// <summary>Copies the pages to the end of a file, and returns their entry in its footer.</summary>
    public ColumnChunk CopyTo(Stream file)
    {
        (Footer.FileOffset, Footer.MetaData!.DataPageOffset) = (file.Position, file.Position);
        file.Write(Content.GetBuffer().AsSpan(MagicSize, (int)Content.Length - MagicSize));
        return Footer;
    }
}

/// <summary>Encodes one column of a Parquet file, row group by row group.</summary>
internal sealed class ParquetColumnWriter
{
    private const int LongestInStatistics = 64;

    private readonly Column _column;
    private readonly ParquetSchema _schema;
    private readonly long[] _times = [];
    private readonly long _unitsPerSecond;

    public ParquetColumnWriter(Column column)
    {
        _column = column;
        _schema = new ParquetSchema(Field());
        if (column.Type is not (ColumnType.Timestamp or ColumnType.Duration)) return;
        _times = TimeUnits.Ticks(column);
        _unitsPerSecond = TimeUnits.Scale(_times);
    }

    public string Name => _column.Name;

    /// <summary>A new description of the column; each schema takes one of its own.</summary>
    public DataField Field() => new(_column.Name, TypeOf(_column.Type), isNullable: true);

    public bool IsText => _column.Type is ColumnType.String or ColumnType.Json;

    /// <summary>What whole numbers are, where Parquet has no type for it: it has no durations, and no unit of 100 ns.</summary>
    public string? Note => _times.Length > 0 && !IsTimestamp || _column.Type == ColumnType.Duration
        ? TimeUnits.NoteOf(_column.Type, _unitsPerSecond)
        : null;

    private bool IsTimestamp => _column.Type == ColumnType.Timestamp && _unitsPerSecond != TimeUnits.OfTicks;

    /// <summary>Where a row group that begins at <paramref name="from"/> ends, so that its texts do not grow beyond a size.</summary>
    public int GroupEnd(int from, int to, int mostText)
    {
        if (!IsText) return to;
        ReadOnlySpan<string?> texts = _column.AsStrings();
        long size = 0;
        int row = from;
        while (row < to && size < mostText) size += 4 + (texts[row++]?.Length ?? 0);
        return row;
    }

    /// <summary>Encodes rows in a file of their own, and corrects the statistics that the library puts into its footer.</summary>
    public ParquetChunk Encode(global::Parquet.ParquetOptions options, int start, int count)
    {
        var content = new MemoryStream();
        // Writing to memory never waits.
        ParquetWriter file = ParquetWriter.CreateAsync(_schema, content, options).GetAwaiter().GetResult();
        ParquetRowGroupWriter group = file.CreateRowGroup();
        Write(group, start, count).GetAwaiter().GetResult();
        ColumnChunk chunk = ParquetFooter.RowGroup(group).Columns[0];
        WrittenStatistics statistics = chunk.MetaData!.Statistics!;
        (byte[] Min, byte[] Max)? range = Range(statistics, start, count);
        (statistics.Min, statistics.MinValue) = (range?.Min, range?.Min);
        (statistics.Max, statistics.MaxValue) = (range?.Max, range?.Max);
        return new ParquetChunk(chunk, content);
    }

    /// <summary>Corrects the type of the column in the schema of a file.</summary>
    public void Describe(SchemaElement element)
    {
        if (_column.Type == ColumnType.Json)
            (element.LogicalType, element.ConvertedType) = (new LogicalType { JSON = new JsonType() }, ConvertedType.JSON);
        if (!IsTimestamp) return;
        bool isMicros = _unitsPerSecond == TimeUnits.Micros;
        var unit = new TimeUnit { MICROS = isMicros ? new MicroSeconds() : null, NANOS = isMicros ? null : new NanoSeconds() };
        element.LogicalType = new LogicalType { TIMESTAMP = new TimestampType { IsAdjustedToUTC = true, Unit = unit } };
        element.ConvertedType = isMicros ? ConvertedType.TIMESTAMP_MICROS : null;
    }

    private static System.Type TypeOf(ColumnType type) => type switch
    {
        ColumnType.Boolean => typeof(bool),
        ColumnType.Double => typeof(double),
        ColumnType.String or ColumnType.Json => typeof(string),
        _ => typeof(long),
    };

    private Task Write(ParquetRowGroupWriter group, int start, int count) => _column.Type switch
    {
        ColumnType.Boolean => Write(group, _column.AsBooleans().Slice(start, count), start),
        ColumnType.Int64 => Write(group, _column.AsInt64s().Slice(start, count), start),
        ColumnType.Double => Write(group, _column.AsDoubles().Slice(start, count), start),
        ColumnType.Timestamp or ColumnType.Duration => Write<long>(group, _times.AsSpan(start, count), start),
        _ => Write<ReadOnlyMemory<char>>(
            group, Array.ConvertAll(_column.AsStrings().Slice(start, count).ToArray(), text => text.AsMemory()), start),
    };

    private Task Write<T>(ParquetRowGroupWriter group, ReadOnlySpan<T> rows, int start) where T : struct
    {
        T[] values = rows.ToArray();
        var levels = new int[rows.Length];
        Array.Fill(levels, 1);
        int count = rows.Length;
        if (_column.Validity is { } validity)
        {
            count = 0;
            for (int i = 0; i < levels.Length; i++)
            {
                if (validity[start + i]) values[count++] = rows[i];
                else levels[i] = 0;
            }
        }

        return group.WriteAllPartsAsync<T>(_schema.DataFields[0], values.AsMemory(0, count), levels, null, CancellationToken.None);
    }

    /// <summary>The smallest and the largest value as bytes; null where there is none, or readers would leave out other rows.</summary>
    private (byte[] Min, byte[] Max)? Range(WrittenStatistics found, int start, int count)
    {
        if (found.NullCount == count || found.MinValue is not { } min || found.MaxValue is not { } max) return null;
        switch (_column.Type)
        {
            case ColumnType.Double:
                ReadOnlySpan<double> values = _column.AsDoubles().Slice(start, count);
                for (int i = 0; i < count; i++)
                    if (double.IsNaN(values[i]) && (_column.Validity is not { } validity || validity[start + i])) return null;
                // The two zeros are equal, and either may be what a reader looks for.
                (double low, double high) = (BitConverter.ToDouble(min), BitConverter.ToDouble(max));
                return (BitConverter.GetBytes(low == 0 ? -0.0 : low), BitConverter.GetBytes(high == 0 ? 0.0 : high));
            case ColumnType.String or ColumnType.Json:
                if (min.Length > LongestInStatistics || max.Length > LongestInStatistics) return null;
                // From the surrogates on, the order of UTF-16, by which the library goes, is not that of UTF-8, by which readers go.
                foreach (string? text in _column.AsStrings().Slice(start, count))
                    if (text.AsSpan().ContainsAnyInRange('\uD800', '\uFFFF')) return null;
                return (min, max);
            default: return (min, max);
        }
    }
}
