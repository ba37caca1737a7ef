using System.Text.Json;

namespace Assay.Journals;

/// <summary>Puts the fields of a run_start's or run_end's value into columns, as <see cref="RunRecord"/> reads them.</summary>
internal ref struct LineValue(LineChunk chunk, JournalKind kind)
{
    private const double LongestMs = 9e14;

    private readonly int _row = kind == JournalKind.RunStart ? chunk.Starts.Count : chunk.Ends.Count;

    /// <summary>Whether something came that only a full reading of the line gets right, such as a name that stands twice.</summary>
    public bool IsOdd { get; private set; }

    /// <returns>A bit that stands for the field; null when it is not wanted.</returns>
    public uint? Take(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader) =>
        kind == JournalKind.RunStart ? TakeOfStart(line, name, ref reader) : TakeOfEnd(line, name, ref reader);

    private uint? TakeOfStart(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("params"u8))
        {
            IsOdd |= !chunk.Params.Read(_row, line, ref reader);
            return 1;
        }

        if (name.SequenceEqual("seed"u8)) return Seed(ref reader);
        if (name.SequenceEqual("fingerprints"u8)) return Fingerprints(ref reader);
        if (name.SequenceEqual("index"u8)) return Integer(chunk.Index, ref reader);
        if (name.SequenceEqual("version"u8)) return Text(chunk.Version, line, ref reader, 16);
        if (name.SequenceEqual("labels"u8)) return Named(chunk.Labels, line, ref reader);
        return name.SequenceEqual("tags"u8) ? List(chunk.StartTags, line, ref reader) : null;
    }

    private uint? TakeOfEnd(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("metrics"u8)) return Named(chunk.Metrics, line, ref reader);
        if (name.SequenceEqual("duration_ms"u8)) return Duration(ref reader);
        if (name.SequenceEqual("tags"u8)) return List(chunk.EndTags, line, ref reader);
        return name.SequenceEqual("error"u8) ? Error(line, ref reader) : null;
    }

    private uint Seed(ref Utf8JsonReader reader)
    {
        if (!IsObject(ref reader)) return 2;
        long? first = null, replicate = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            IsOdd |= reader.ValueIsEscaped;
            bool isBase = reader.ValueSpan.SequenceEqual("base"u8), isReplicate = reader.ValueSpan.SequenceEqual("replicate"u8);
            reader.Read();
            if (isBase) first = Whole(ref reader);
            else if (isReplicate) replicate = Whole(ref reader);
            else reader.Skip();
        }

        if (first is not { } number || replicate is not (>= 0 and <= int.MaxValue and var copy)) return 2;
        chunk.Seed.Set(_row, CellKind.Integer, number);
        chunk.Replicate.Set(_row, CellKind.Integer, copy);
        return 2;
    }

    /// <summary>Whether the reader stands at an object; otherwise what is there is passed over.</summary>
    private static bool IsObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        reader.Skip();
        return false;
    }

    private static long? Whole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number)) return number;
        reader.Skip();
        return null;
    }

    // Eight digits tell the few fingerprints of an experiment apart, and fit into a column.
    private uint Fingerprints(ref Utf8JsonReader reader)
    {
        if (!IsObject(ref reader)) return 4;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            IsOdd |= reader.ValueIsEscaped;
            FieldBuffer? field = reader.ValueSpan.SequenceEqual("code"u8) ? chunk.Code : reader.ValueSpan.SequenceEqual("context"u8) ? chunk.Context : null;
            reader.Read();
            if (field is not null) IsOdd |= field.KindOf(_row) != CellKind.Absent;
            if (field is not null && reader.TokenType == JsonTokenType.String)
            {
                ReadOnlySpan<byte> text = reader.ValueSpan;
                IsOdd |= reader.ValueIsEscaped || !System.Text.Ascii.IsValid(text);
                if (text.Length >= 8) field.SetText(_row, text[..8]);
            }

            reader.Skip();
        }

        return 4;
    }

    private uint Integer(FieldBuffer field, ref Utf8JsonReader reader)
    {
        if (Whole(ref reader) is { } number) field.Set(_row, CellKind.Integer, number);
        return 8;
    }

    private uint Text(FieldBuffer field, ReadOnlySpan<byte> line, ref Utf8JsonReader reader, uint bit)
    {
        if (reader.TokenType == JsonTokenType.String) CellReader.Value(field, _row, line, ref reader);
        else reader.Skip();
        return bit;
    }

    private uint Named(FieldSet fields, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        fields.Rewind();
        if (!IsObject(ref reader)) return 32;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            IsOdd |= reader.ValueIsEscaped;
            FieldBuffer field = fields[reader.ValueSpan];
            IsOdd |= field.KindOf(_row) != CellKind.Absent;
            reader.Read();
            CellReader.Value(field, _row, line, ref reader);
        }

        return 32;
    }

    private uint List(FieldBuffer field, ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            CellReader.Value(field, _row, line, ref reader);
            if (CellReader.IsEmptyList(field.Pool[(int)field.BitsOf(_row)])) field.Clear(_row);
        }
        else
        {
            reader.Skip();
        }

        return 64;
    }

    private uint Duration(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number) chunk.Duration.SetReal(_row, Duration(reader.GetDouble()).TotalMilliseconds);
        else reader.Skip();
        return 128;
    }

    /// <summary>A duration in milliseconds, whatever number a journal holds.</summary>
    public static TimeSpan Duration(double milliseconds) =>
        TimeSpan.FromTicks((long)Math.Round(Math.Clamp(milliseconds, 0, LongestMs) * TimeSpan.TicksPerMillisecond));

    private uint Error(ReadOnlySpan<byte> line, ref Utf8JsonReader reader)
    {
        if (!IsObject(ref reader)) return 256;
        foreach (FieldBuffer field in (ReadOnlySpan<FieldBuffer>)[chunk.ErrorKind, chunk.ErrorType, chunk.ErrorMessage]) field.SetText(_row, []);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            IsOdd |= reader.ValueIsEscaped;
            FieldBuffer? field = reader.ValueSpan.SequenceEqual("kind"u8) ? chunk.ErrorKind
                : reader.ValueSpan.SequenceEqual("type"u8) ? chunk.ErrorType
                : reader.ValueSpan.SequenceEqual("message"u8) ? chunk.ErrorMessage : null;
            reader.Read();
            if (field is not null && reader.TokenType == JsonTokenType.String) CellReader.Value(field, _row, line, ref reader);
            else if (field is not null) field.SetText(_row, []);
            reader.Skip();
        }

        return 256;
    }
}
