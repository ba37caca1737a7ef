using System.Runtime.InteropServices;
using Assay.Tables.Arrow;

namespace Assay;

/// <summary>
/// A segment in a mapped file. A column is checked against its checksum when it is first touched. The file is unmapped when nobody holds the segment any
/// more, so whoever works on spans of it holds it meanwhile.
/// </summary>
internal sealed class MappedSegment : RunSegment
{
    private readonly SegmentInfo _info;
    private readonly ArrowFile _file;
    private readonly bool[] _checked;
    private readonly FieldColumn?[] _fields;

    private MappedSegment(SegmentInfo info, ArrowFile file)
    {
        (_info, _file) = (info, file);
        // Mapped pages count as memory of the process, of which the garbage collector sees nothing.
        GC.AddMemoryPressure(info.Bytes);
        (_checked, _fields) = (new bool[info.Checksums.Count], new FieldColumn?[info.Fields.Count]);
        Fields = [.. info.Fields.Select(f => f.Key)];
    }

    ~MappedSegment()
    {
        _file.Dispose();
        GC.RemoveMemoryPressure(_info.Bytes);
    }

    /// <summary>Length of the file.</summary>
    public long Bytes => _info.Bytes;

    public override int Rows => _info.Rows;

    public override int Repeats => _info.Repeats;

    public override ReadOnlySpan<byte> Ids => Column(SegmentSchema.RunId).Buffers[1].Span[..(Rows * 16)];

    public override ReadOnlySpan<int> Journals => Values<int>(SegmentSchema.Journal);

    public override ReadOnlySpan<int> Attempts => Values<int>(SegmentSchema.Attempt);

    public override ReadOnlySpan<byte> Statuses => Values<byte>(SegmentSchema.Status);

    public override ReadOnlySpan<byte> Speaks => Values<byte>(SegmentSchema.Speaks);

    public override ReadOnlySpan<byte> Repeated => Values<byte>(SegmentSchema.Repeated);

    public override ReadOnlySpan<long> StartOffsets => Values<long>(SegmentSchema.StartOffset);

    public override ReadOnlySpan<int> StartLengths => Values<int>(SegmentSchema.StartLength);

    public override ReadOnlySpan<long> EndOffsets => Values<long>(SegmentSchema.EndOffset);

    public override ReadOnlySpan<int> EndLengths => Values<int>(SegmentSchema.EndLength);

    public override IReadOnlyList<FieldKey> Fields { get; }

    /// <exception cref="IndexDamagedException">The file is gone or not the one that was written.</exception>
    public static MappedSegment Open(string folder, SegmentInfo info)
    {
        string path = Path.Combine(folder, info.File);
        ArrowFile? file = null;
        try
        {
            // Told before it is mapped: memory behind the end of a file that was cut off cannot be read.
            if (new FileInfo(path).Length != info.Bytes) throw new IndexDamagedException($"'{path}' does not have {info.Bytes} bytes");
            file = ArrowFile.Open(path);
            if (file.RowCount != info.Rows || file.Batches.Count != 1 || file.Batches[0].Columns.Length != info.Checksums.Count)
                throw new IndexDamagedException($"'{path}' has other rows and columns than were written");
            var segment = new MappedSegment(info, file) { Experiment = info.Experiment, Unended = info.Unended };
            file = null;
            return segment;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TableException)
        {
            throw new IndexDamagedException($"'{path}' cannot be read: {fault.Message}", fault);
        }
        finally
        {
            file?.Dispose();
        }
    }

    public override long StartedAt(int row) => SegmentSchema.Ticks(Values<long>(SegmentSchema.StartedAt)[row]);

    public override long EndedAt(int row) => SegmentSchema.Ticks(Values<long>(SegmentSchema.EndedAt)[row]);

    public override FieldColumn? Field(FieldKey key) =>
        PlaceOf(key) is >= 0 and int place ? _fields[place] ??= Read(_info.Fields[place], Column(SegmentSchema.Count + place)) : null;

    private ReadOnlySpan<T> Values<T>(int column) where T : unmanaged => MemoryMarshal.Cast<byte, T>(Column(column).Buffers[1].Span)[..Rows];

    private ArrowArray Column(int number)
    {
        ArrowArray column = _file.Batches[0].Columns[number];
        if (!_checked[number])
        {
            if (column.Length != Rows || SegmentFile.Checksum(column) != _info.Checksums[number]) throw new IndexDamagedException($"column {number} of '{_info.File}' is damaged");
            _checked[number] = true;
        }

        return column;
    }

    private FieldColumn Read(SegmentField field, ArrowArray column)
    {
        try
        {
            bool isCode = field.Form is ColumnForm.Text or ColumnForm.Json;
            return new FieldColumn(field.Key, field.Form, Rows)
            {
                Owner = this,
                Valid = column.Validity is { } validity ? validity.Words.ToArray() : null,
                MissingIsNull = field.MissingIsNull,
                Integers = field.Form == ColumnForm.Integer ? column.Memory<long>() : default,
                Reals = field.Form == ColumnForm.Real ? column.Memory<double>() : default,
                Booleans = field.Form == ColumnForm.Boolean ? Bits(column) : default,
                Codes = isCode ? column.Memory<int>() : default,
                Texts = isCode ? Texts(column.Dictionary!.Parts[0]) : FieldTexts.None,
            };
        }
        // The bytes are as they were written, so what describes them is not.
        catch (Exception fault) when (fault is TableException or ArgumentException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new IndexDamagedException($"the column of '{field.Key.Name}' in '{_info.File}' is not of the form it was written in", fault);
        }
    }

    // By what was written, whatever the description of the column says now.
    private FieldTexts Texts(ArrowArray entries)
    {
        ReadOnlySpan<byte> written = entries.Buffers[1].Span;
        ReadOnlyMemory<byte> bytes = entries.Buffers[2].Memory;
        int[] places = MemoryMarshal.Cast<byte, int>(written)[..(entries.Length + 1)].ToArray();
        for (int i = 0; i < entries.Length; i++)
        {
            if (places[i] < 0 || places[i] > places[i + 1] || places[i + 1] > bytes.Length) throw new IndexDamagedException($"the texts in '{_info.File}' overlap");
        }

        return new FieldTexts(places, bytes, this);
    }

    private bool[] Bits(ArrowArray column)
    {
        ReadOnlySpan<byte> bytes = column.Buffers[1].Span;
        var values = new bool[Rows];
        for (int i = 0; i < values.Length; i++) values[i] = ((bytes[i >> 3] >> (i & 7)) & 1) != 0;
        return values;
    }
}
