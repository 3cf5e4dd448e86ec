namespace RetailLake.StatesLanguage;

/// <summary>A call was refused; <see cref="Code"/> is the error code of the Step Functions API.</summary>
public abstract class StatesApiException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

public sealed class InvalidDefinitionException : StatesApiException
{
    internal InvalidDefinitionException(string machine, IReadOnlyList<DefinitionProblem> problems)
        : base("InvalidDefinition", Describe(machine, problems)) => Problems = problems;

    public IReadOnlyList<DefinitionProblem> Problems { get; }

    private static string Describe(string machine, IReadOnlyList<DefinitionProblem> problems) =>
        $"Found {problems.Count} problem(s) in the definition of '{machine}'. Nothing was registered. Correct each of them:\n"
        + string.Join('\n', problems.Take(50).Select(problem => $"- {problem}"))
        + (problems.Count > 50 ? $"\n- and {problems.Count - 50} more" : "");
}

public sealed class InvalidNameException(string message) : StatesApiException("InvalidName", message);

public sealed class InvalidExecutionInputException(string message) : StatesApiException("InvalidExecutionInput", message);

public sealed class InvalidOutputException(string message) : StatesApiException("InvalidOutput", message);

public sealed class InvalidTokenException(string message) : StatesApiException("InvalidToken", message);

public sealed class StateMachineDoesNotExistException(string message) : StatesApiException("StateMachineDoesNotExist", message);

public sealed class ExecutionAlreadyExistsException(string message) : StatesApiException("ExecutionAlreadyExists", message);

public sealed class ExecutionDoesNotExistException(string message) : StatesApiException("ExecutionDoesNotExist", message);

public sealed class ExecutionNotRedrivableException(string message) : StatesApiException("ExecutionNotRedrivable", message);

public sealed class TaskDoesNotExistException(string message) : StatesApiException("TaskDoesNotExist", message);

public sealed class TaskTimedOutException(string message) : StatesApiException("TaskTimedOut", message);

public sealed class ResourceNotFoundException(string message) : StatesApiException("ResourceNotFound", message);

public sealed class FolderInUseException(string message, Exception inner) : Exception(message, inner);

/// <summary>A journal holds a damaged record that is not its last, so it was not torn by a crash.</summary>
public sealed class JournalDamagedException(string message) : Exception(message);
