namespace Assay.Tables.Avro;

/// <summary>Takes the scalars that are decoded: a column, or the text of a nested value.</summary>
internal interface IAvroSink
{
    void Null();

    void Flag(bool value);

    void Whole(long value);

    void Number(double value);

    void Text(string value);

    /// <summary>A decimal by its digits.</summary>
    void Decimal(string digits);

    void Time(DateTimeOffset value);

    void Span(TimeSpan value);
}
