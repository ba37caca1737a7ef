namespace Assay.Tests.Architecture;

[Trait("Category", "Quick")]
public class UserStackTests
{
    [Fact]
    public void Every_part_of_Assay_is_passed_over_in_the_stack_of_a_user() => Assert.All(
        Directory.GetDirectories(Repository.File("src")).Select(folder => Path.GetFileName(folder)),
        part => Assert.Contains(part, UserStack.Parts));
}
