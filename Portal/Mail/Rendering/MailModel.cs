namespace Portal.Mail.Rendering;

/// <summary>
/// What one kind of mail says. Its name is the kind. The record's own properties are what the outbox stores as JSON: facts
/// only. Links are secrets; they come with the <see cref="MailContext"/> when the mail is rendered, and never before.
/// Every kind has a sample beside it: a public static property <c>Sample</c> of its own type, with made-up facts.
/// </summary>
public abstract record MailModel
{
    /// <summary>The component that draws the mail.</summary>
    public abstract Type Html();

    /// <summary>
    /// Asked when its turn comes, which may be long after it was queued: false, and it is dropped instead of sent. Such as a
    /// reminder of a session that has been cancelled or moved since.
    /// </summary>
    public virtual bool IsStillTrue(MailContext context) => true;

    /// <summary>Whom the sample is written to.</summary>
    public virtual SampleReader SampleReaderIn(string language) => SampleReader.In(language);

    // The two below are called with the reader's language as the current culture.

    public abstract string Subject(MailContext context);

    /// <summary>The plain text part: the same words and the same links as the HTML.</summary>
    public abstract string Text(MailContext context);
}
