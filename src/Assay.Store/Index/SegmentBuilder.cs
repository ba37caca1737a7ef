using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Assay;

/// <summary>Turns attempts into a segment: sorted by start and id, with a column for each field.</summary>
internal sealed class SegmentBuilder
{
    private readonly AttemptRow[] _rows;
    private readonly FieldBuffer _tags = new(FieldKey.Tags);
    private readonly Dictionary<(FieldValue? Start, FieldValue? End, bool HasEnded), int> _knownTags = [];

    private SegmentBuilder(IReadOnlyList<AttemptRow> rows)
    {
        _rows = [.. rows];
        (long Time, UInt128 Id)[] order = Array.ConvertAll(_rows, row => (row.StartedAt, row.Id));
        Array.Sort(order, _rows, Comparer<(long Time, UInt128 Id)>.Create(
            (a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Id.CompareTo(b.Id)));
    }

    public static RunSegment Build(IReadOnlyList<AttemptRow> rows, string? experiment, Func<UInt128, bool> isRepeated) =>
        new SegmentBuilder(rows).Build(experiment, isRepeated);

    private RunSegment Build(string? experiment, Func<UInt128, bool> isRepeated)
    {
        int count = _rows.Length;
        var attempts = new ReadOnlyMemory<byte>[Enum.GetValues<AttemptColumn>().Length];
        Span<byte> ids = New<byte>(AttemptColumn.Id, 16), statuses = New<byte>(AttemptColumn.Status);
        Span<int> numbers = New<int>(AttemptColumn.Attempt), journals = New<int>(AttemptColumn.Journal);
        Span<long> startedAt = New<long>(AttemptColumn.StartedAt), endedAt = New<long>(AttemptColumn.EndedAt);
        Span<long> starts = New<long>(AttemptColumn.StartOffset), ends = New<long>(AttemptColumn.EndOffset);
        Span<int> startLengths = New<int>(AttemptColumn.StartLength), endLengths = New<int>(AttemptColumn.EndLength);
        Span<byte> conclusive = New<byte>(AttemptColumn.Conclusive), repeated = New<byte>(AttemptColumn.Repeated);
        var known = new HashSet<UInt128>(count);
        for (int i = 0; i < count; i++)
        {
            AttemptRow row = _rows[i];
            BinaryPrimitives.WriteUInt128BigEndian(ids[(i * 16)..], row.Id);
            (journals[i], numbers[i], startedAt[i]) = (row.Journal, row.Attempt, row.StartedAt);
            (starts[i], startLengths[i]) = row.HasStart ? (row.Start.Offset, row.Start.Length) : (-1, 0);
            (ends[i], endLengths[i], endedAt[i]) = row.HasEnd ? (row.End.Offset, row.End.Length, row.End.Time) : (-1, 0, row.StartedAt);
            if (row.HasEnd) (statuses[i], conclusive[i]) = ((byte)row.End.Status, row.End.IsConclusive ? (byte)1 : (byte)0);
            if (!known.Add(row.Id) || isRepeated(row.Id)) repeated[i] = 1;
        }

        FieldColumn[] columns = Columns();
        FieldKey[] keys = [.. columns.Select(c => c.Key)];
        int unended = _rows.Count(r => !r.HasEnd), repeats = repeated.Count((byte)1);
        return new RunSegment(attempts, hasNanoseconds: false, keys, i => columns[i], experiment, unended, repeats);

        Span<T> New<T>(AttemptColumn column, int each = 1) where T : unmanaged
        {
            byte[] bytes = new byte[count * each * Unsafe.SizeOf<T>()];
            attempts[(int)column] = bytes;
            return MemoryMarshal.Cast<byte, T>(bytes.AsSpan());
        }
    }

    private FieldColumn[] Columns()
    {
        List<(FieldKey Key, Func<int, FieldValue> ValueOf)> fields =
        [
            (FieldKey.Experiment, Experiment),
            (FieldKey.Version, Start(c => c.Version)), (FieldKey.Code, Start(c => c.Code)), (FieldKey.Context, Start(c => c.Context)),
            (FieldKey.Index, Start(c => c.Index)), (FieldKey.Seed, Start(c => c.Seed)), (FieldKey.Replicate, Start(c => c.Replicate)),
            (FieldKey.Duration, End(c => c.Duration)), (FieldKey.Tags, Tags),
            (FieldKey.ErrorKind, End(c => c.ErrorKind)), (FieldKey.ErrorType, End(c => c.ErrorType)),
            (FieldKey.ErrorMessage, End(c => c.ErrorMessage)),
            .. Named(r => r.StartChunk, c => c.Params.Fields).Select(f => (f.Key, Start(f.Value))),
            .. Named(r => r.StartChunk, c => c.Labels).Select(f => (f.Key, Start(f.Value))),
            .. Named(r => r.EndChunk, c => c.Metrics).Select(f => (f.Key, End(f.Value))),
        ];
        var columns = new FieldColumn?[fields.Count];
        Parallel.For(0, columns.Length, i => columns[i] = new ColumnBuilder(fields[i].Key, _rows.Length, fields[i].ValueOf).Build());
        return [.. columns.OfType<FieldColumn>()];
    }

    private FieldValue Experiment(int row)
    {
        AttemptRow attempt = _rows[row];
        var start = new FieldValue(attempt.StartChunk?.StartExperiment, attempt.StartRow);
        bool isEmpty = start.Kind == CellKind.Absent || (start.Kind == CellKind.Text && start.Text.IsEmpty);
        return isEmpty && attempt.HasEnd ? new FieldValue(attempt.EndChunk!.EndExperiment, attempt.EndRow) : start;
    }

    /// <summary>The fields that lines name, in order of first appearance, each with its buffer in a chunk.</summary>
    private IEnumerable<KeyValuePair<FieldKey, Func<LineChunk, FieldBuffer?>>> Named(
        Func<AttemptRow, LineChunk?> chunkOf, Func<LineChunk, FieldSet> set)
    {
        var fields = new OrderedDictionary<FieldKey, Dictionary<LineChunk, FieldBuffer>>();
        foreach (LineChunk chunk in _rows.Select(chunkOf).OfType<LineChunk>().Distinct())
        {
            foreach (FieldBuffer field in set(chunk).Fields)
            {
                if (!fields.TryGetValue(field.Key, out Dictionary<LineChunk, FieldBuffer>? buffers)) fields.Add(field.Key, buffers = []);
                buffers[chunk] = field;
            }
        }

        return fields.Select(f => KeyValuePair.Create<FieldKey, Func<LineChunk, FieldBuffer?>>(f.Key, f.Value.GetValueOrDefault));
    }

    private Func<int, FieldValue> Start(Func<LineChunk, FieldBuffer?> field) => Of(field, r => (r.StartChunk, r.StartRow));

    private Func<int, FieldValue> End(Func<LineChunk, FieldBuffer?> field) => Of(field, r => (r.EndChunk, r.EndRow));

    // Neighbours mostly come from one chunk. A column is built by one thread.
    private Func<int, FieldValue> Of(Func<LineChunk, FieldBuffer?> field, Func<AttemptRow, (LineChunk? Chunk, int Row)> place)
    {
        LineChunk? last = null;
        FieldBuffer? buffer = null;
        return i =>
        {
            (LineChunk? chunk, int row) = place(_rows[i]);
            if (chunk is null) return default;
            if (chunk != last) (last, buffer) = (chunk, field(chunk));
            return new FieldValue(buffer, row);
        };
    }

    /// <summary>The tags of a run: those of its start and those that its end adds, each once.</summary>
    private FieldValue Tags(int row)
    {
        AttemptRow attempt = _rows[row];
        FieldValue start = new(attempt.StartChunk?.StartTags, attempt.StartRow), end = new(attempt.EndChunk?.EndTags, attempt.EndRow);
        if (start.Kind == CellKind.Absent && end.Kind == CellKind.Absent) return default;
        if (_tags.KindOf(row) == CellKind.Absent)
        {
            // Texts are numbered in their pools, so rows with equal tags share a place.
            (FieldValue?, FieldValue?, bool) both = (Place(start), Place(end), attempt.HasEnd);
            if (!_knownTags.TryGetValue(both, out int code))
            {
                IEnumerable<string> tags = attempt.HasEnd ? Texts(start).Union(Texts(end), StringComparer.Ordinal) : Texts(start);
                _knownTags.Add(both, code = _tags.Pool.Add(new JsonBuffer().Strings(tags).Written));
            }

            _tags.Set(row, CellKind.Json, code);
        }

        return new FieldValue(_tags, row);
    }

    private static FieldValue? Place(FieldValue tags) => tags.Kind == CellKind.Absent ? null : tags with { Row = (int)tags.Bits };

    private static IReadOnlyList<string> Texts(FieldValue tags) => tags.Kind == CellKind.Absent ? [] : LineFields.Strings(tags.Text);
}

/// <summary>Makes one column of the values that rows have in the chunks they were read from.</summary>
internal sealed class ColumnBuilder(FieldKey key, int count, Func<int, FieldValue> valueOf)
{
    private readonly BytePool _pool = new();
    private readonly Dictionary<FieldBuffer, int[]> _codes = [];

    /// <returns>Null when no row has a value.</returns>
    public FieldColumn? Build()
    {
        int kinds = 0;
        for (int i = 0; i < count; i++) kinds |= 1 << (int)valueOf(i).Kind;
        int absent = Bit(CellKind.Absent), missing = Bit(CellKind.Null);
        int values = kinds & ~(absent | missing);
        if (kinds is 0 || kinds == absent) return null;
        // A null beside a gap needs the form that tells all kinds apart.
        bool isMixed = (kinds & absent) != 0 && (kinds & missing) != 0;
        ColumnForm form = isMixed ? ColumnForm.Json
            : values == Bit(CellKind.Integer) || values == 0 ? ColumnForm.Integer
            : values == Bit(CellKind.Real) ? ColumnForm.Real
            : (values & ~(Bit(CellKind.True) | Bit(CellKind.False))) == 0 ? ColumnForm.Boolean
            : values == Bit(CellKind.Text) ? ColumnForm.Text : ColumnForm.Json;
        return Fill(form, isMixed ? Bit(CellKind.Absent) : absent | missing, (kinds & missing) != 0 && !isMixed);
    }

    private static int Bit(CellKind kind) => 1 << (int)kind;

    private FieldColumn Fill(ColumnForm form, int invalid, bool missingIsNull)
    {
        int width = form == ColumnForm.Boolean ? 1 : form is ColumnForm.Text or ColumnForm.Json ? sizeof(int) : sizeof(long);
        byte[] values = new byte[count * width];
        Span<long> numbers = MemoryMarshal.Cast<byte, long>(values.AsSpan());
        Span<int> codes = MemoryMarshal.Cast<byte, int>(values.AsSpan());
        ulong[]? valid = null;
        for (int i = 0; i < count; i++)
        {
            FieldValue value = valueOf(i);
            if ((Bit(value.Kind) & invalid) != 0)
            {
                valid ??= AllValid(count);
                valid[i >> 6] &= ~(1UL << (i & 63));
                if (form == ColumnForm.Real) numbers[i] = BitConverter.DoubleToInt64Bits(double.NaN);
                continue;
            }

            switch (form)
            {
                case ColumnForm.Integer or ColumnForm.Real: numbers[i] = value.Bits; break;
                case ColumnForm.Boolean: values[i] = value.Kind == CellKind.True ? (byte)1 : (byte)0; break;
                case ColumnForm.Text: codes[i] = Code(value); break;
                default: codes[i] = JsonCode(value); break;
            }
        }

        var texts = new FieldTexts(_pool.Places, _pool.Bytes);
        return new FieldColumn(key, form, count, values) { Valid = valid, MissingIsNull = missingIsNull, Texts = texts };
    }

    private static ulong[] AllValid(int count)
    {
        var words = new ulong[(count + 63) / 64];
        words.AsSpan().Fill(ulong.MaxValue);
        if ((count & 63) != 0) words[^1] = (1UL << (count & 63)) - 1;
        return words;
    }

    private int Code(in FieldValue value)
    {
        if (!_codes.TryGetValue(value.Field!, out int[]? codes))
        {
            _codes.Add(value.Field!, codes = new int[value.Field!.Pool.Count]);
            codes.AsSpan().Fill(-1);
        }

        ref int code = ref codes[(int)value.Bits];
        if (code < 0) code = _pool.Add(value.Text);
        return code;
    }

    private int JsonCode(in FieldValue value)
    {
        var json = new JsonBuffer();
        switch (value.Kind)
        {
            case CellKind.Null: json.Null(); break;
            case CellKind.False or CellKind.True: json.Boolean(value.Kind == CellKind.True); break;
            case CellKind.Integer: json.Integer(value.Bits); break;
            case CellKind.Real: Real(json, BitConverter.Int64BitsToDouble(value.Bits)); break;
            case CellKind.Text: json.String(Encoding.UTF8.GetString(value.Text)); break;
            default: json.Raw(value.Text); break;
        }

        return _pool.Add(json.Written);
    }

    // It reads back as the same: a journal's -0.0 keeps its sign, and a parameter too large for a double is no text.
    private void Real(JsonBuffer json, double value)
    {
        if (value == 0 && double.IsNegative(value)) json.Raw("-0.0"u8);
        else if (double.IsInfinity(value) && key.Place != FieldPlace.Metric) json.Raw(value > 0 ? "1e999"u8 : "-1e999"u8);
        else json.Real(value);
    }
}
