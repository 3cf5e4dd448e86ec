using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Local.Invocation;
using RetailLake.Local.Templates;

namespace RetailLake.Tests.Local;

/// <summary>Two hosts that resolved one method at the same moment: reflection had given one of them ParameterInfo objects that it then replaced.</summary>
public sealed class ParameterIdentityTests
{
    [Fact]
    public async Task ParametersThatReflectionMadeAnew_AreStillKnown()
    {
        await using var host = new FunctionHost(
            [new("Greet", "Greet", LocalArn.Function("Greet"), "RetailLake.Tests::RetailLake.Tests.Local.HostedFunction_Greet_Generated::Greet",
                512, TimeSpan.FromSeconds(30), new Dictionary<string, string>(), "'template.yaml' line 1")],
            (_, services) => services.AddSingleton("host"), 1, TimeProvider.System, _ => { });
        ForgetParameters(typeof(HostedFunction).GetMethod(nameof(HostedFunction.Greet))!);

        var result = await host.InvokeAsync("Greet", """{"Name":"crm"}"""u8.ToArray(), CancellationToken.None);

        result.Error.Should().BeNull();
    }

    private static void ForgetParameters(MethodInfo method)
    {
        var before = method.GetParameters()[0];
        method.GetType().GetField("m_parameters", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(method, null);
        method.GetParameters()[0].Should().NotBeSameAs(before, "this is what the race does");
    }
}
