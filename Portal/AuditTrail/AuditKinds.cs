namespace Portal.AuditTrail;

/// <summary>What stands in the trail, the first word of each being its family. Each has words in both languages.</summary>
public static class AuditKinds
{
    public const string Export = "audit.export";

    public static readonly IReadOnlyList<string> All =
    [
        "session.answer-trouble", "session.approve", "session.book-for", "session.cancel", "session.complete", "session.decline",
        "session.decline-move", "session.delete-recording",
        "session.extend", "session.generate-link", "session.invite", "session.invite-until", "session.leave-for", "session.missed",
        "session.move", "session.propose-move", "session.renew-link", "session.send-again", "session.stand-in", "session.stand-in-over",
        "session.switch-room", "session.withdraw-link",
        "person.delete", "person.grant-role", "person.keep-two-factor", "person.lock", "person.reset-two-factor", "person.revoke-role",
        "person.sign-out-everywhere", "person.unlock",
        "guardian.ask", "guardian.begin", "guardian.end", "guardian.take-back",
        "account.address", "account.address-asked", "account.code-guessed", "account.confirmed", "account.deleted",
        "account.new-recovery-codes", "account.passkey-added", "account.passkey-removed", "account.password", "account.password-guessed",
        "account.reset-asked", "account.second-factor-reset", "account.two-factor-off", "account.two-factor-on",
        "sign-in.bad", "sign-in.good", "sign-in.limited", "sign-in.proof-bad",
        "access.forged", "access.key-used", "access.limited", "access.refused", "access.unknown",
        "tool.add", "tool.delete", "tool.give", "tool.make-default", "tool.move-sessions", "tool.policy", "tool.rename", "tool.settings",
        "tool.take-back", "tool.turn-off", "tool.turn-on", "mentor-tool.connect", "mentor-tool.disconnect", "token.check", "token.mint",
        "mail.lift-suppression", "mail.send-again", "mail.send-sample", "mail.test", "mail.try-now",
        "job.run", "api-key.add", "api-key.revoke", "keys.delete-tickets", "keys.rotate-master", "keys.rotate-tickets", Export,
    ];

    public static readonly IReadOnlyList<string> Families = [.. All.Select(FamilyOf).Distinct()];

    public static string FamilyOf(string kind) => kind[..kind.IndexOf('.')];
}
