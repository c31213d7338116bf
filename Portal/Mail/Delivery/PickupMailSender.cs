using System.Globalization;
using Localization;
using Microsoft.Extensions.Options;
using Portal.Data;

namespace Portal.Mail.Delivery;

/// <summary>Puts each mail as one .eml file into a folder.</summary>
public sealed class PickupMailSender(IOptions<MailOptions> options, DataFolder data) : IMailSender
{
    public string Folder { get; } = options.Value.PickupFolder is { Length: > 0 } set ? Path.GetFullPath(set) : data.File("mail");

    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IMailSession>(new Session(Folder, isOurs: options.Value.PickupFolder is ""));

    /// <summary>The same for every try, so that a mail that is sent again after a crash replaces its file instead of doubling it.</summary>
    public static string FileName(OutgoingMail mail) =>
        string.Create(CultureInfo.InvariantCulture, $"{mail.Date.UtcDateTime:yyyyMMdd-HHmmss}-{mail.Id:N}.eml");

    /// <summary>Deletes what was put there before a moment, and leaves alone what others put there.</summary>
    public int Forget(DateTimeOffset before)
    {
        if (!Directory.Exists(Folder))
            return 0;
        var old = new DirectoryInfo(Folder).EnumerateFiles("*-*-*.eml").Where(f => f.LastWriteTimeUtc < before.UtcDateTime).ToList();
        return old.Count(f => TryDelete(f.FullName));
    }

    private static bool TryDelete(string file)
    {
        try
        {
            File.Delete(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // One that is unfinished starts with a dot and ends in .tmp: nobody takes it for a mail.
        }
    }

    private sealed class Session(string folder, bool isOurs) : IMailSession
    {
        public bool SessionUsable { get; private set; } = true;

        public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            var unfinished = Path.Combine(folder, $".{mail.Id:N}-{Guid.NewGuid():N}.tmp");
            try
            {
                PrivateFiles.Folder(folder);
                // A folder that the operator chose may be there for others to fetch mails from.
                if (isOurs)
                    PrivateFiles.Close(folder);
                await using (var file = PrivateFiles.Open(unfinished, FileMode.CreateNew, FileAccess.Write))
                {
                    await file.WriteAsync(mail.Message, cancellationToken);
                    file.Flush(flushToDisk: true);
                }
                File.Move(unfinished, Path.Combine(folder, FileName(mail)), overwrite: true);
                return SendResult.Accepted(mail.Recipients, Said.Of(nameof(SaidText.PickedUp)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                SessionUsable = false;
                TryDelete(unfinished);
                // The error's own text names paths, nothing of the mail.
                return new(SendVerdict.Deferred, SendScope.Connection, SendStage.Content,
                    Said.Of(nameof(SaidText.PickupFailed), e.Message));
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
