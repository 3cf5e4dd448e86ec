using RetailLake.StatesLanguage.States;

namespace RetailLake.StatesLanguage.Definitions;

/// <summary>A checked state machine, or the machine inside a Map or a branch of a Parallel.</summary>
internal sealed record Machine(string StartAt, IReadOnlyDictionary<string, State> States, long? TimeoutSeconds)
{
    public IEnumerable<State> AllStates => States.Values.SelectMany(state => state.Inner.SelectMany(inner => inner.AllStates).Prepend(state));
}
