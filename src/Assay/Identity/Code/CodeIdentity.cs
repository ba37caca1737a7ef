namespace Assay;

/// <summary>The extent of the user's code that is part of a run's identity.</summary>
public enum CodeIdentity
{
    /// <summary>
    /// All code of the user's assemblies that the operation reaches, and the versions of the packages that it reaches. An edit of a
    /// method that the operation calls changes the identity; an edit of other code does not. The default.
    /// </summary>
    Reachable,

    /// <summary>No code. The identity consists of the experiment's name and version, the parameters, the seed and the context.</summary>
    None,

    /// <summary>The operation with its lambdas, local functions, async or iterator body, without the methods that it calls.</summary>
    Operation,

    /// <summary>All methods and resources of the operation's assembly, and the code of other user assemblies that they reach.</summary>
    Assembly,
}
