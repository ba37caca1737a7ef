using System.Text.Json;

namespace Assay;

/// <summary>
/// Puts the fields of a run_start's value into the next row of a chunk, with the values that <see cref="RunRecord"/> has. Of a field that a
/// line has twice the last counts. What is not as expected is passed over.
/// </summary>
internal readonly ref struct StartFields(LineChunk chunk, ReadOnlySpan<byte> line)
{
    // As many digits as tell the few fingerprints of an experiment apart.
    private const int ShortFingerprint = 8;

    private readonly ReadOnlySpan<byte> _line = line;
    private readonly int _row = chunk.Starts.Count;

    /// <returns>Whether the field was read; the reader is at the end of its value then.</returns>
    public bool Take(ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("params"u8)) chunk.Params.Read(_row, _line, ref reader);
        else if (name.SequenceEqual("seed"u8)) Seed(ref reader);
        else if (name.SequenceEqual("fingerprints"u8)) Fingerprints(ref reader);
        else if (name.SequenceEqual("index"u8)) CellReader.SetWhole(chunk.Index, _row, CellReader.Whole(ref reader));
        else if (name.SequenceEqual("version"u8)) CellReader.TextOrNothing(chunk.Version, _row, _line, ref reader);
        else if (name.SequenceEqual("labels"u8)) CellReader.Members(chunk.Labels, _row, _line, ref reader);
        else if (name.SequenceEqual("tags"u8)) CellReader.Tags(chunk.StartTags, _row, _line, ref reader);
        else return false;
        return true;
    }

    private void Seed(ref Utf8JsonReader reader)
    {
        long? number = null, replicate = null;
        bool isObject = JsonMembers.TryBegin(ref reader);
        while (isObject && JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("base"u8)) number = CellReader.Whole(ref reader);
            else if (name.SequenceEqual("replicate"u8)) replicate = CellReader.Whole(ref reader);
            else reader.Skip();
        }

        bool isSeed = number is not null && replicate is >= 0 and <= int.MaxValue;
        CellReader.SetWhole(chunk.Seed, _row, isSeed ? number : null);
        CellReader.SetWhole(chunk.Replicate, _row, isSeed ? replicate : null);
    }

    private void Fingerprints(ref Utf8JsonReader reader)
    {
        chunk.Code.Clear(_row);
        chunk.Context.Clear(_row);
        if (!JsonMembers.TryBegin(ref reader)) return;
        while (JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            FieldBuffer? field = name.SequenceEqual("code"u8) ? chunk.Code : name.SequenceEqual("context"u8) ? chunk.Context : null;
            field?.Clear(_row);
            if (field is not null && reader.TokenType == JsonTokenType.String) Fingerprint(field, JsonMembers.Text(ref reader));
            reader.Skip();
        }
    }

    private void Fingerprint(FieldBuffer field, ReadOnlySpan<byte> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            if (text.Length >= ShortFingerprint) field.SetText(_row, text[..ShortFingerprint]);
            return;
        }

        string foreign = System.Text.Encoding.UTF8.GetString(text);
        if (foreign.Length < ShortFingerprint) return;
        CellReader.Text(field, _row, new JsonBuffer().String(foreign.AsSpan(0, ShortFingerprint)).Written);
    }
}

/// <summary>As <see cref="StartFields"/>, for the value of a run_end.</summary>
internal readonly ref struct EndFields(LineChunk chunk, ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private readonly int _row = chunk.Ends.Count;

    /// <inheritdoc cref="StartFields.Take"/>
    public bool Take(ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (name.SequenceEqual("metrics"u8)) CellReader.Members(chunk.Metrics, _row, _line, ref reader);
        else if (name.SequenceEqual("duration_ms"u8)) Duration(ref reader);
        else if (name.SequenceEqual("tags"u8)) CellReader.Tags(chunk.EndTags, _row, _line, ref reader);
        else if (name.SequenceEqual("error"u8)) Error(ref reader);
        else return false;
        return true;
    }

    private void Duration(ref Utf8JsonReader reader)
    {
        chunk.Duration.Clear(_row);
        if (reader.TokenType != JsonTokenType.Number) reader.Skip();
        else chunk.Duration.SetReal(_row, RunEndLine.Duration(reader.GetDouble()).TotalMilliseconds);
    }

    private void Error(ref Utf8JsonReader reader)
    {
        bool isError = JsonMembers.TryBegin(ref reader);
        foreach (FieldBuffer field in (ReadOnlySpan<FieldBuffer>)[chunk.ErrorKind, chunk.ErrorType, chunk.ErrorMessage])
        {
            if (isError) field.SetText(_row, []);
            else field.Clear(_row);
        }

        while (isError && JsonMembers.TryNext(ref reader, out ReadOnlySpan<byte> name))
        {
            FieldBuffer? field = name.SequenceEqual("kind"u8) ? chunk.ErrorKind
                : name.SequenceEqual("type"u8) ? chunk.ErrorType
                : name.SequenceEqual("message"u8) ? chunk.ErrorMessage : null;
            if (field is not null && reader.TokenType == JsonTokenType.String) CellReader.Value(field, _row, _line, ref reader);
            else field?.SetText(_row, []);
            reader.Skip();
        }
    }
}
