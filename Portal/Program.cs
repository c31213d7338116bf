using Portal;

return await PortalStart.RunAsync(args);
