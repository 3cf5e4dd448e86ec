using RetailLake.Core.Contracts;

// ContractCompiler <bundle> <folder>…: writes the bundle, or prints each problem in the form that MSBuild makes an error of.
if (args.Length < 2)
{
    Console.Error.WriteLine("ContractCompiler : error LAKE0002: Found too few arguments, expected the bundle to write and at least one folder. Nothing was written. Call it as the build does.");
    return 2;
}

var loaded = ContractLoader.Load(args[1..]);
foreach (var problem in loaded.Problems)
{
    Console.WriteLine(problem);
}

if (loaded.ProblemsLeftOut > 0)
{
    Console.WriteLine($"ContractCompiler : error {ContractProblem.Code}: Found {loaded.ProblemsLeftOut} more problems than are listed. No bundle was written. Mend those listed first.");
}

if (!loaded.IsClean)
{
    return 1;
}

// Under its name only when whole: a build that is stopped here must not leave half a bundle that looks newer than its inputs.
var half = args[0] + ".tmp";
File.WriteAllBytes(half, ContractBundle.Write(loaded.Contracts));
File.Move(half, args[0], overwrite: true);
return 0;
