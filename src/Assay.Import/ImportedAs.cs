namespace Assay.Import;

/// <summary>What an import does with a run of the source.</summary>
internal enum ImportedAs
{
    /// <summary>It is imported; the store does not have it.</summary>
    New,

    /// <summary>It is imported as another attempt: the source has more or something else of it by now, or another end was told.</summary>
    Changed,

    /// <summary>It is there already.</summary>
    Known,

    /// <summary>It was removed from the store, and can be restored; it is left alone.</summary>
    Removed,

    /// <summary>The store has made it itself; it is left alone.</summary>
    Own,
}
