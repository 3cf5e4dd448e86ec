using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace RetailLake.Tests.Aws;

public sealed class StepFunctionsErrorTests
{
    /// <summary>Codes of the service that have no suffix get one as class names; a class that no code reaches would never be thrown.</summary>
    public static TheoryData<string, Type> Codes => new(typeof(ValidationException).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(AmazonStepFunctionsException)))
        .Select(type => (type.Name.StartsWith("Kms", StringComparison.Ordinal) || type.Name == nameof(ValidationException) ? type.Name : type.Name[..^"Exception".Length], type)));

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task ErrorCode_ThrowsItsClass(string code, Type type)
    {
        var thrown = await CallAsync(Answer.Error(code, "Found it"));

        thrown.Should().BeOfType(type);
        (thrown.ErrorCode, thrown.Message, thrown.ErrorType, thrown.RequestId, (int)thrown.StatusCode).Should().Be((code, "Found it", ErrorType.Sender, "request-1", 400));
    }

    [Theory]
    [InlineData("com.amazonaws.swf.service.v2.model#TaskTimedOut")]
    [InlineData("TaskTimedOut:http://internal.amazon.com/coral/")]
    public async Task DecoratedErrorCode_ThrowsItsClass(string code) =>
        (await CallAsync(Answer.Error(code))).Should().BeOfType<TaskTimedOutException>();

    [Fact]
    public async Task CodeInHeaderOnly_ThrowsItsClass() =>
        (await CallAsync(new("{}", 400, "InvalidToken:"))).Should().BeOfType<InvalidTokenException>();

    [Fact]
    public async Task UnknownCode_ThrowsTheServicesBaseClassWithTheCode()
    {
        var thrown = await CallAsync(Answer.Error("AccessDeniedException", "not you"));

        thrown.Should().BeOfType<AmazonStepFunctionsException>();
        (thrown.ErrorCode, thrown.Message).Should().Be(("AccessDeniedException", "not you"));
    }

    [Fact]
    public async Task ErrorPageOfAProxy_ThrowsWithTheStatus()
    {
        var thrown = await CallAsync(new("<html>", 413));

        ((int)thrown.StatusCode).Should().Be(413);
    }

    private static async Task<AmazonStepFunctionsException> CallAsync(Answer answer)
    {
        // Twice more, as the core retries what is worth it.
        await using var endpoint = new StepFunctionsEndpoint(answer, answer, answer);
        using var client = endpoint.Client();
        var call = () => client.SendTaskHeartbeatAsync(new() { TaskToken = "t" });
        return (await call.Should().ThrowAsync<AmazonStepFunctionsException>()).Which;
    }
}
