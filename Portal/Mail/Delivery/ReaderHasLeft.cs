namespace Portal.Mail.Delivery;

/// <summary>Whether a reader's account was deleted. Said by whoever keeps accounts, which Mail knows nothing of.</summary>
public delegate Task<bool> ReaderHasLeft(Guid readerId);
