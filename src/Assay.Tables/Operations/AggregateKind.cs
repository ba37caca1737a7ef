namespace Assay.Tables;

internal enum AggregateKind
{
    Rows,
    Count,
    Sum,
    Mean,
    StandardDeviation,
    Min,
    Max,
    Quantile,
    First,
    Distinct,
}
