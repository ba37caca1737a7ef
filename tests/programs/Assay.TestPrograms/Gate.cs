namespace Assay.TestPrograms;

/// <summary>Holds runs until the test writes a line to standard input.</summary>
internal static class Gate
{
    private static readonly TaskCompletionSource Line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static Task Passed => Line.Task;

    /// <summary>Begins to listen.</summary>
    public static void Open() => new Thread(() =>
    {
        Console.ReadLine();
        Line.SetResult();
    })
    { IsBackground = true }.Start();
}
