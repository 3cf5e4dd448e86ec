using Amazon.Lambda.Core;
using RetailLake.Functions.Hosting;

[assembly: LambdaSerializer(typeof(LakeLambdaSerializer))]
