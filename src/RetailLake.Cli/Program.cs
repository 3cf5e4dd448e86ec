using RetailLake.Cli;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The second Ctrl-C ends the process at once; the journal is made for that.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
return await LakeCommandLine.RunAsync(args, Terminal.OfProcess(), running: null, stop.Token);
