namespace Assay.Questions;

internal sealed class DoctorQuestion : Question<DoctorReport>
{
    public override CommandText Command { get; } = new(
        "doctor", "Check every journal and artifact, and say what is damaged and where; changes nothing",
        "assay doctor", "assay doctor --store results/.assay", "assay doctor --json");

    public override Answer Ask(QuestionCall call)
    {
        DoctorReport report = StoreCheck.Run(call.StorePath, call.Clock);
        return new Answer(report) { IsNegative = !report.Healthy };
    }

    protected override void Write(DoctorReport report, Page page) => DoctorText.Write(report, page);
}
