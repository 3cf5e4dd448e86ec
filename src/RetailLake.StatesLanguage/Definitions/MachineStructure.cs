using RetailLake.StatesLanguage.States;

namespace RetailLake.StatesLanguage.Definitions;

/// <summary>What must hold between the states of one machine.</summary>
internal static class MachineStructure
{
    public static void Check(FieldReader reader, string what, string? startAt, IReadOnlyDictionary<string, State> states, IReadOnlyList<string> known)
    {
        if (startAt is not null && !known.Contains(startAt))
        {
            reader.Report("StartAt", $"Found StartAt '{startAt}' in {what}, which names none of its states: {string.Join(", ", known)}.");
        }

        foreach (var state in states.Values)
        {
            foreach (var target in state.Targets.Where(target => !known.Contains(target)).Distinct(StringComparer.Ordinal))
            {
                reader.Problems.Add(new DefinitionProblem(state.Name, "Next", $"Found the transition to '{target}', "
                    + $"which is not a state of the same machine: {string.Join(", ", known)}."));
            }
        }

        // Reachability says nothing as long as a state could not be read.
        if (startAt is null || states.Count != known.Count || !states.ContainsKey(startAt))
        {
            return;
        }

        var reached = Reachable(states, startAt);
        foreach (var name in known.Where(name => !reached.Contains(name)))
        {
            reader.Problems.Add(new DefinitionProblem(name, null,
                $"Found no transition that reaches this state from StartAt '{startAt}', expected one."));
        }

        if (!reached.Any(name => states[name].IsTerminal))
        {
            reader.Report("States", $"Found no terminal state in {what} that is reached, expected a Succeed, "
                + "a Fail or a state with End: true.");
        }
    }

    public static HashSet<string> Reachable(IReadOnlyDictionary<string, State> states, string from)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([from]);
        while (pending.TryPop(out var name))
        {
            if (states.TryGetValue(name, out var state) && reached.Add(name))
            {
                foreach (var target in state.Targets)
                {
                    pending.Push(target);
                }
            }
        }

        return reached;
    }
}
