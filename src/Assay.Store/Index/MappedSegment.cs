using System.Runtime.InteropServices;
using Apache.Arrow;
using Assay.Tables;

namespace Assay;

/// <summary>
/// A segment in a mapped file. A column is checked against its checksum when it is first touched. The file is unmapped when nobody holds the segment any
/// more, so whoever works on spans of it holds it meanwhile.
/// </summary>
internal sealed class MappedSegment : RunSegment
{
    private readonly SegmentInfo _info;
    private readonly MappedFile _file;
    private readonly IReadOnlyList<ArrayData> _columns;
    private readonly bool[] _checked;
    private readonly FieldColumn?[] _fields;

    private MappedSegment(SegmentInfo info, MappedFile file, IReadOnlyList<ArrayData> columns)
    {
        (_info, _file, _columns) = (info, file, columns);
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
        MappedFile? file = null;
        try
        {
            // Told before it is mapped: memory behind the end of a file that was cut off cannot be read.
            if (new FileInfo(path).Length != info.Bytes) throw new IndexDamagedException($"'{path}' does not have {info.Bytes} bytes");
            file = MappedFile.Open(path);
            IReadOnlyList<ArrayData> columns = SegmentFile.Read(file, out int rows);
            if (rows != info.Rows || columns.Count != info.Checksums.Count)
                throw new IndexDamagedException($"'{path}' has other rows and columns than were written");
            var segment = new MappedSegment(info, file, columns) { Experiment = info.Experiment, Unended = info.Unended };
            file = null;
            return segment;
        }
        // Whatever a library throws for a damaged file: the index is read anew.
        catch (Exception fault) when (fault is not IndexDamagedException)
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

    private ReadOnlySpan<T> Values<T>(int column) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(Column(column).Buffers[1].Span)[..Rows];

    private ArrayData Column(int number)
    {
        ArrayData column = _columns[number];
        if (!_checked[number])
        {
            if (column.Length != Rows || SegmentFile.Checksum(column) != _info.Checksums[number])
                throw new IndexDamagedException($"column {number} of '{_info.File}' is damaged");
            _checked[number] = true;
        }

        return column;
    }

    private FieldColumn Read(SegmentField field, ArrayData column)
    {
        try
        {
            bool isCode = field.Form is ColumnForm.Text or ColumnForm.Json;
            return new FieldColumn(field.Key, field.Form, Rows)
            {
                Owner = this,
                Valid = Valid(column.Buffers[0].Span),
                MissingIsNull = field.MissingIsNull,
                Integers = field.Form == ColumnForm.Integer ? Memory<long>(column) : default,
                Reals = field.Form == ColumnForm.Real ? Memory<double>(column) : default,
                Booleans = field.Form == ColumnForm.Boolean ? Bits(column) : default,
                Codes = isCode ? Memory<int>(column) : default,
                Texts = isCode ? Texts(column.Dictionary) : FieldTexts.None,
            };
        }
        // The bytes are as they were written, so what describes them is not.
        catch (Exception fault) when (fault is TableException or ArgumentException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new IndexDamagedException($"the column of '{field.Key.Name}' in '{_info.File}' is not of the form it was written "
                + "in", fault);
        }
    }

    private ReadOnlyMemory<T> Memory<T>(ArrayData column) where T : unmanaged => MappedFile.Cast<T>(column.Buffers[1].Memory)[..Rows];

    private ulong[]? Valid(ReadOnlySpan<byte> bitmap)
    {
        if (bitmap.IsEmpty) return null;
        var words = new ulong[(Rows + 63) / 64];
        bitmap[..((Rows + 7) / 8)].CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }

    // By what was written, whatever the description of the column says now.
    private FieldTexts Texts(ArrayData entries)
    {
        ReadOnlySpan<byte> written = entries.Buffers[1].Span;
        ReadOnlyMemory<byte> bytes = entries.Buffers[2].Memory;
        int[] places = MemoryMarshal.Cast<byte, int>(written)[..(entries.Length + 1)].ToArray();
        for (int i = 0; i < entries.Length; i++)
        {
            if (places[i] < 0 || places[i] > places[i + 1] || places[i + 1] > bytes.Length)
                throw new IndexDamagedException($"the texts in '{_info.File}' overlap");
        }

        return new FieldTexts(places, bytes, this);
    }

    private bool[] Bits(ArrayData column)
    {
        ReadOnlySpan<byte> bytes = column.Buffers[1].Span;
        var values = new bool[Rows];
        for (int i = 0; i < values.Length; i++) values[i] = ((bytes[i >> 3] >> (i & 7)) & 1) != 0;
        return values;
    }
}
