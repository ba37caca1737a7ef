namespace Assay.Tables.Tests;

/// <summary>Tests that count what the whole process allocates, so nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "alone";
}
