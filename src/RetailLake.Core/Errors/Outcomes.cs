namespace RetailLake.Core.Errors;

// One class per outcome that ASL can name; docs/runbook has a page for each.

/// <summary>The contract's text differs from the one pinned in the plan of this execution.</summary>
public sealed class ContractChangedException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>No contract, or a contract that does not pass <c>lake contract check</c>.</summary>
public sealed class ContractInvalidException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>A secret is missing, a placeholder, or not of the expected form.</summary>
public sealed class SecretMissingException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The source answered, and refused us: wrong password, missing privilege, TLS not as demanded.</summary>
public sealed class SourceAccessException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The source cannot be reached or the connection broke; worth a retry.</summary>
public sealed class SourceUnavailableException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The lake's store, its catalog, its secrets or its state machines throttled, failed or did not answer; worth a retry.</summary>
public sealed class LakeUnavailableException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The warehouse refused, throttled or did not answer, before it said how a transaction ended; worth a retry.</summary>
public sealed class WarehouseUnavailableException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>A function's own time was over before its work was done; worth a retry.</summary>
public sealed class DeadlinePassedException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>A table or column of the contract does not exist in the source, or has another type.</summary>
public sealed class SourceSchemaException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>More rows were rejected than the contract allows; nothing was published.</summary>
public sealed class RejectBudgetExceededException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>A table-level rule of the contract (row count, duplicates, null share) does not hold; nothing was published.</summary>
public sealed class QualityRuleBrokenException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>Counts or control totals differ between two hops.</summary>
public sealed class BooksDoNotBalanceException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>An object of the lake is missing, or its length or checksum is not what its manifest says.</summary>
public sealed class ObjectDamagedException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>The storage or the state machines of the lake refused us: a grant, a key or a deployment is missing.</summary>
public sealed class LakeAccessException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>Another load of the same contract held the lock; worth a retry.</summary>
public sealed class LoadConflictException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The load's statement was stopped before it committed; worth a retry.</summary>
public sealed class LoadAbortedException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>The load's transaction failed and was rolled back.</summary>
public sealed class LoadFailedException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The receiver of an export cannot be reached or broke off; worth a retry.</summary>
public sealed class DeliveryUnavailableException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>The receiver of an export refused it: wrong key, unknown host key, other content under the same name.</summary>
public sealed class DeliveryRefusedException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);

/// <summary>Something the contract or a setting asks for is not built.</summary>
public sealed class NotSupportedByLakeException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>An earlier export of the same contract is not delivered yet.</summary>
public sealed class DeliveryOutOfOrderException(string found, string became, string remedy) : LakeException(found, became, remedy);

/// <summary>What was asked to be released from quarantine cannot be, or need not.</summary>
public sealed class ReleaseRefusedException(string found, string became, string remedy, Exception? inner = null) : LakeException(found, became, remedy, inner);
