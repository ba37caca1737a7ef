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

    private static readonly TimestampType Time = new(TimeUnit.Nanosecond, "UTC");

    // In the order of the enum.
    private static readonly (string Name, IArrowType Type, int Width)[] AttemptColumns =
    [
        ("run_id", new FixedSizeBinaryType(16), 16), ("status", Codes(UInt8Type.Default), 1), ("attempt", Int32Type.Default, 4),
        ("started_at", Time, 8), ("ended_at", Time, 8), ("journal", Int32Type.Default, 4),
        ("start_offset", Int64Type.Default, 8), ("start_length", Int32Type.Default, 4),
        ("end_offset", Int64Type.Default, 8), ("end_length", Int32Type.Default, 4),
        ("conclusive", UInt8Type.Default, 1), ("repeated", UInt8Type.Default, 1),
    ];

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

        SegmentField[] fields =
            [.. segment.Fields.Select(f => segment.Field(f)!).Select(c => new SegmentField(c.Key, c.Form, c.MissingIsNull))];
        return new SegmentInfo(
            name, bytes.Length, Crc32C.OfParts(bytes), segment.Rows, segment.Experiment, segment.Unended, segment.Repeats, fields);
    }

    /// <summary>Maps a segment, whose values stay where they are; the checksum of a new one need not be compared.</summary>
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
        var taken = new HashSet<string>(AttemptColumns.Select(column => column.Name), StringComparer.Ordinal);
        (string Name, ArrayData Data)[] columns =
        [
            .. AttemptColumns.Select((column, i) => (column.Name, Attempts(column.Type, segment[(AttemptColumn)i], segment.Rows))),
            .. segment.Fields.Select(key => (Name(key, taken), Field(segment.Field(key)!))),
        ];
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
        ColumnForm.Integer => Data(Int64Type.Default, column.Values, column.Rows, column.Valid),
        ColumnForm.Real => Data(DoubleType.Default, column.Values, column.Rows, column.Valid),
        ColumnForm.Boolean => Data(BooleanType.Default, Bits(column.As<bool>()), column.Rows, column.Valid),
        _ => Data(
            Codes(Int32Type.Default), column.Values, column.Rows, column.Valid, Texts(column.Texts.Places.Span, column.Texts.Bytes)),
    };

    private static ArrayData Attempts(IArrowType type, ReadOnlyMemory<byte> values, int rows) => type switch
    {
        TimestampType => Data(type, Nanoseconds(MemoryMarshal.Cast<byte, long>(values.Span)), rows),
        DictionaryType => Data(type, values, rows, texts: StatusTexts()),
        _ => Data(type, values, rows),
    };

    private static byte[] Nanoseconds(ReadOnlySpan<long> ticks)
    {
        byte[] nanoseconds = new byte[ticks.Length * sizeof(long)];
        Span<long> target = MemoryMarshal.Cast<byte, long>(nanoseconds.AsSpan());
        for (int i = 0; i < ticks.Length; i++) target[i] = (ticks[i] - DateTime.UnixEpoch.Ticks) * 100;
        return nanoseconds;
    }

    private static DictionaryType Codes(IArrowType index) => new(index, StringType.Default, ordered: false);

    private static ArrayData Data(IArrowType type, ReadOnlyMemory<byte> values, int rows, ulong[]? valid = null, ArrayData? texts = null)
    {
        int nulls = valid is null ? 0 : rows - valid.Sum(BitOperations.PopCount);
        return new ArrayData(type, rows, nulls, 0, [Buffer<ulong>(valid), new ArrowBuffer(values)], children: null, texts);
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
        ReadOnlyMemory<byte>[] attempts = [.. AttemptColumns.Select((column, i) => Values(columns[i], info.Rows * column.Width))];
        FieldColumn Column(int place) => Field(mapping, info, info.Fields[place], columns[AttemptColumns.Length + place]);
        FieldKey[] keys = [.. info.Fields.Select(f => f.Key)];
        return new RunSegment(attempts, hasNanoseconds: true, keys, Column, info.Experiment, info.Unended, info.Repeats);
    }

    private static ReadOnlyMemory<byte> Values(ArrayData column, int length) => column.Buffers[1].Memory[..length];

    private static FieldColumn Field(Mapping mapping, SegmentInfo info, SegmentField field, ArrayData column)
    {
        bool isCode = field.Form is ColumnForm.Text or ColumnForm.Json;
        ReadOnlyMemory<byte> values = field.Form == ColumnForm.Boolean
            ? Booleans(column.Buffers[1].Span, info.Rows)
            : Values(column, info.Rows * (isCode ? sizeof(int) : sizeof(long)));
        return new FieldColumn(field.Key, field.Form, info.Rows, values)
        {
            Owner = mapping,
            Valid = Valid(column.Buffers[0].Span, info.Rows),
            MissingIsNull = field.MissingIsNull,
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

    private static byte[] Booleans(ReadOnlySpan<byte> bits, int rows)
    {
        var values = new byte[rows];
        for (int i = 0; i < rows; i++) values[i] = (byte)((bits[i >> 3] >> (i & 7)) & 1);
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
