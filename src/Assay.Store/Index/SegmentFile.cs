using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Assay.Tables;

namespace Assay;

/// <summary>Segments as Arrow files: written once under a name of their own, and never changed.</summary>
internal static class SegmentFile
{
    public const string Extension = ".arrow";

    /// <summary>The number of columns that every segment has.</summary>
    private const int FixedColumns = 12;

    /// <summary>Times in Arrow reach from 1677 to 2262; others have no place in a segment on disk.</summary>
    public static bool HasPlaceFor(long ticks) => ticks is > 529_270_000_000_000_000 and < 713_560_000_000_000_000;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static SegmentInfo Write(string folder, RunSegment segment)
    {
        string name = Path.ChangeExtension(Path.GetRandomFileName(), Extension), path = Path.Combine(folder, name);
        using var content = new MemoryStream();
        Write(content, segment);
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(bytes);
        }
        catch
        {
            StoreLeftovers.TryDelete(path);
            throw;
        }

        return new SegmentInfo
        {
            File = name,
            Bytes = bytes.Length,
            Checksum = Crc32C.OfParts(bytes),
            Rows = segment.Rows,
            Experiment = segment.Experiment,
            Unended = segment.Unended,
            Repeats = segment.Repeats,
            Fields = [.. segment.Fields.Select(f => segment.Field(f)!).Select(c => new SegmentField(c.Key, c.Form, c.MissingIsNull))],
        };
    }

    /// <summary>Maps a segment, whose values stay where they are.</summary>
    /// <param name="folder">The folder of the index.</param>
    /// <param name="info">The segment.</param>
    /// <param name="isNew">Whether this process has just written it, so that its checksum need not be compared.</param>
    /// <returns>Null when the file is gone, or not the one that was written.</returns>
    public static RunSegment? TryOpen(string folder, SegmentInfo info, bool isNew = false)
    {
        string path = Path.Combine(folder, info.File);
        MappedFile? file = null;
        try
        {
            // Compared before it is mapped: memory behind the end of a file that was cut off cannot be read.
            if (new FileInfo(path).Length != info.Bytes) return null;
            file = MappedFile.Open(path);
            if (!isNew && Crc32C.OfParts(file.Memory.Span) != info.Checksum) return null;
            RunSegment segment = Read(new Mapping(file), info);
            file = null;
            return segment;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TableException)
        {
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static void Write(Stream stream, RunSegment segment)
    {
        AttemptColumns attempts = segment.Columns;
        (string Name, ArrayData Data)[] fixedColumns =
        [
            ("run_id", Numbers(new FixedSizeBinaryType(16), segment.Rows, segment.Ids)),
            ("status", Codes(UInt8Type.Default, segment.Statuses, StatusTexts())),
            ("attempt", Numbers(Int32Type.Default, segment.Rows, segment.Attempts)),
            ("started_at", Times(attempts.StartedAt)),
            ("ended_at", Times(attempts.EndedAt)),
            ("journal", Numbers(Int32Type.Default, segment.Rows, segment.Journals)),
            ("start_offset", Numbers(Int64Type.Default, segment.Rows, attempts.StartOffsets.Span)),
            ("start_length", Numbers(Int32Type.Default, segment.Rows, attempts.StartLengths.Span)),
            ("end_offset", Numbers(Int64Type.Default, segment.Rows, attempts.EndOffsets.Span)),
            ("end_length", Numbers(Int32Type.Default, segment.Rows, attempts.EndLengths.Span)),
            ("conclusive", Numbers(UInt8Type.Default, segment.Rows, attempts.Conclusive.Span)),
            ("repeated", Numbers(UInt8Type.Default, segment.Rows, segment.Repeated)),
        ];
        var taken = new HashSet<string>(fixedColumns.Select(column => column.Name), StringComparer.Ordinal);
        (string Name, ArrayData Data)[] columns =
            [.. fixedColumns, .. segment.Fields.Select(key => (Name(key, taken), Field(segment.Field(key)!)))];
        var schema = new Schema(columns.Select(column => new Field(column.Name, column.Data.DataType, nullable: true)), metadata: null);
        using var writer = new ArrowFileWriter(stream, schema, leaveOpen: true);
        writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(column => ArrowArrayFactory.BuildArray(column.Data)), segment.Rows));
        writer.WriteEnd();
    }

    // For other programs; the index itself goes by the places of columns.
    private static string Name(FieldKey key, HashSet<string> taken)
    {
        string name = key.Place switch { FieldPlace.Param => "param_" + key.Name, FieldPlace.Label => "label_" + key.Name, _ => key.Name };
        while (!taken.Add(name)) name = "metric_" + name;
        return name;
    }

    private static ArrayData Field(FieldColumn column) => column.Form switch
    {
        ColumnForm.Integer => Numbers(Int64Type.Default, column.Rows, column.Integers.Span, column.Valid),
        ColumnForm.Real => Numbers(DoubleType.Default, column.Rows, column.Reals.Span, column.Valid),
        ColumnForm.Boolean => Numbers<byte>(BooleanType.Default, column.Rows, Bits(column.Booleans.Span), column.Valid),
        _ => Codes(Int32Type.Default, column.Codes.Span, Texts(column.Texts.Places.Span, column.Texts.Bytes), column.Valid),
    };

    private static ArrayData Times(ReadOnlyMemory<long> ticks)
    {
        long[] nanoseconds = System.Array.ConvertAll(ticks.ToArray(), t => (t - DateTime.UnixEpoch.Ticks) * 100);
        return Numbers<long>(new TimestampType(TimeUnit.Nanosecond, "UTC"), ticks.Length, nanoseconds);
    }

    private static ArrayData Codes<T>(IArrowType index, ReadOnlySpan<T> codes, ArrayData texts, ulong[]? valid = null)
        where T : unmanaged =>
        Numbers(new DictionaryType(index, StringType.Default, ordered: false), codes.Length, codes, valid, texts);

    private static ArrayData Numbers<T>(IArrowType type, int rows, ReadOnlySpan<T> values, ulong[]? valid = null, ArrayData? texts = null)
        where T : unmanaged
    {
        int nulls = valid is null ? 0 : rows - valid.Sum(BitOperations.PopCount);
        ArrowBuffer bitmap = valid is null ? ArrowBuffer.Empty : Buffer<ulong>(valid);
        return new ArrayData(type, rows, nulls, 0, [bitmap, Buffer(values)], children: null, texts);
    }

    private static ArrayData StatusTexts()
    {
        byte[][] texts = [.. Enum.GetValues<RunStatus>().Select(status => Encoding.UTF8.GetBytes(RunStatusText.Text(status)))];
        int[] places = [0, .. texts.Select((_, i) => texts.Take(i + 1).Sum(text => text.Length))];
        return Texts(places, texts.SelectMany(text => text).ToArray());
    }

    private static ArrayData Texts(ReadOnlySpan<int> places, ReadOnlyMemory<byte> utf8) =>
        new(StringType.Default, places.Length - 1, 0, 0, [ArrowBuffer.Empty, Buffer(places), new ArrowBuffer(utf8)], children: null);

    private static ArrowBuffer Buffer<T>(ReadOnlySpan<T> values) where T : unmanaged => new(MemoryMarshal.AsBytes(values).ToArray());

    private static byte[] Bits(ReadOnlySpan<bool> values)
    {
        var bits = new byte[(values.Length + 7) / 8];
        for (int i = 0; i < values.Length; i++)
            if (values[i]) bits[i >> 3] |= (byte)(1 << (i & 7));
        return bits;
    }

    private static RunSegment Read(Mapping mapping, SegmentInfo info)
    {
        // The file is a stream between two marks.
        const int FrontSize = 8;
        using var reader = new ArrowStreamReader(mapping.File.Memory[FrontSize..]);
        using RecordBatch batch = reader.ReadNextRecordBatch();
        ArrayData[] columns = [.. batch.Arrays.Select(array => array.Data)];
        ReadOnlyMemory<T> Values<T>(int column) where T : unmanaged => MappedFile.Cast<T>(columns[column].Buffers[1].Memory)[..info.Rows];
        var attempts = new AttemptColumns
        {
            Ids = columns[0].Buffers[1].Memory[..(info.Rows * 16)],
            Statuses = Values<byte>(1),
            Attempts = Values<int>(2),
            StartedAt = Values<long>(3),
            EndedAt = Values<long>(4),
            Journals = Values<int>(5),
            StartOffsets = Values<long>(6),
            StartLengths = Values<int>(7),
            EndOffsets = Values<long>(8),
            EndLengths = Values<int>(9),
            Conclusive = Values<byte>(10),
            Repeated = Values<byte>(11),
            HasNanoseconds = true,
        };
        FieldColumn Column(int place) => Field(mapping, info, info.Fields[place], columns[FixedColumns + place]);
        return new RunSegment(attempts, [.. info.Fields.Select(f => f.Key)], Column)
        {
            Experiment = info.Experiment,
            Unended = info.Unended,
            Repeats = info.Repeats,
        };
    }

    private static FieldColumn Field(Mapping mapping, SegmentInfo info, SegmentField field, ArrayData column)
    {
        ReadOnlyMemory<T> Values<T>() where T : unmanaged => MappedFile.Cast<T>(column.Buffers[1].Memory)[..info.Rows];
        bool isCode = field.Form is ColumnForm.Text or ColumnForm.Json;
        return new FieldColumn(field.Key, field.Form, info.Rows)
        {
            Owner = mapping,
            Valid = Valid(column.Buffers[0].Span, info.Rows),
            MissingIsNull = field.MissingIsNull,
            Integers = field.Form == ColumnForm.Integer ? Values<long>() : default,
            Reals = field.Form == ColumnForm.Real ? Values<double>() : default,
            Booleans = field.Form == ColumnForm.Boolean ? Booleans(column.Buffers[1].Span, info.Rows) : default,
            Codes = isCode ? Values<int>() : default,
            Texts = isCode ? Texts(column.Dictionary, mapping) : FieldTexts.None,
        };
    }

    private static FieldTexts Texts(ArrayData texts, Mapping mapping) =>
        new(MappedFile.Cast<int>(texts.Buffers[1].Memory)[..(texts.Length + 1)], texts.Buffers[2].Memory, mapping);

    private static ulong[]? Valid(ReadOnlySpan<byte> bitmap, int rows)
    {
        if (bitmap.IsEmpty) return null;
        var words = new ulong[(rows + 63) / 64];
        bitmap[..((rows + 7) / 8)].CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    private static bool[] Booleans(ReadOnlySpan<byte> bits, int rows)
    {
        var values = new bool[rows];
        for (int i = 0; i < rows; i++) values[i] = ((bits[i >> 3] >> (i & 7)) & 1) != 0;
        return values;
    }

    /// <summary>Keeps a file mapped as long as a segment or a column of it is reachable.</summary>
    private sealed class Mapping
    {
        private readonly long _length;

        public Mapping(MappedFile file)
        {
            (File, _length) = (file, file.Memory.Length);
            // Mapped pages count as memory of the process, of which the garbage collector sees nothing.
            GC.AddMemoryPressure(_length);
        }

        ~Mapping()
        {
            GC.RemoveMemoryPressure(_length);
            File.Dispose();
        }

        public MappedFile File { get; }
    }
}
