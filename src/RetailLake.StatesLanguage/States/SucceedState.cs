using RetailLake.StatesLanguage.Definitions;
using RetailLake.StatesLanguage.Running;

namespace RetailLake.StatesLanguage.States;

internal sealed class SucceedState(FieldReader reader) : State(reader, "Succeed", hasNext: false, assigns: false)
{
    public override bool IsTerminal => true;

    public override Task<Step> RunAsync(StateRun run)
    {
        var effective = EffectiveInput(run);
        return Task.FromResult(Leave(run, effective, effective));
    }
}
