namespace Assay.Questions;

/// <summary>A store at a glance: the resource of the store in the MCP server.</summary>
internal sealed class OverviewQuestion : Question<StoreOverview>
{
    public override Answer Ask(QuestionCall call)
    {
        Results all = call.Store.LoadAll();
        return new Answer(StoreOverview.Of(call.Store, all, call.Cancellation)) { Runs = all, Remarks = [StoreOverview.Bounds] };
    }
}
