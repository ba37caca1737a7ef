namespace Assay.Chat;

/// <summary>How a chat run stands. The texts are those of the names in capitals: <c>COMPLETE</c>, <c>INCOMPLETE</c>, …</summary>
public enum ChatStatus
{
    /// <summary>It never started, or was stopped on request and starts anew.</summary>
    Ready,

    /// <summary>It has started and not ended: it is under way, or its process was killed; running again makes it anew.</summary>
    Incomplete,

    /// <summary>All steps and the evaluation have ended.</summary>
    Complete,

    /// <summary>It failed; <see cref="ChatRun.Error"/> says how. Running again makes it anew.</summary>
    Fail,
}
