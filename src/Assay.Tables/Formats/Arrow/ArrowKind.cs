namespace Assay.Tables.Arrow;

/// <summary>Arrow's types, numbered as in its schema.</summary>
internal enum ArrowKind
{
    Null = 1,
    Int,
    Float,
    Binary,
    Utf8,
    Bool,
    Decimal,
    Date,
    Time,
    Timestamp,
    Interval,
    List,
    Struct,
    Union,
    FixedBinary,
    FixedList,
    Map,
    Duration,
    LargeBinary,
    LargeUtf8,
    LargeList,
    RunEndEncoded,
    BinaryView,
    Utf8View,
    ListView,
    LargeListView,
}
