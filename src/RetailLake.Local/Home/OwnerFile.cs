using System.Text.Json;

namespace RetailLake.Local.Home;

/// <summary>Tells other processes where the owner of a home listens. It proves nothing by itself: the lock does.</summary>
public sealed record OwnerFile(int Pid, int Port, string Token)
{
    public static OwnerFile? Read(LakeHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        try
        {
            return JsonSerializer.Deserialize<OwnerFile>(File.ReadAllBytes(home.Owner), JsonSerializerOptions.Web);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(LakeHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        PrivateFile.Write(home.Owner, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
    }

    public static void Remove(LakeHome home)
    {
        ArgumentNullException.ThrowIfNull(home);
        File.Delete(home.Owner);
    }
}
