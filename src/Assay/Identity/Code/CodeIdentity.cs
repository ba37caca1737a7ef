namespace Assay;

/// <summary>How much of the user's code is part of a run's identity.</summary>
public enum CodeIdentity
{
    /// <summary>
    /// Everything the operation reaches in the user's own assemblies, and the versions of the packages it reaches. An
    /// edit in a helper counts, an edit elsewhere does not. The default.
    /// </summary>
    Reachable,

    /// <summary>No code: only the experiment's name and version, parameters, seed and context tell runs apart.</summary>
    None,

    /// <summary>The operation itself with its lambdas, local functions, async or iterator body, and nothing it calls by name.</summary>
    Operation,

    /// <summary>Every method and resource of the operation's assembly, and what they reach in the user's other assemblies.</summary>
    Assembly,
}
