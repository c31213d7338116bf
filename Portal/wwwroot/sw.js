// Shows what the portal tells while none of its pages is open; it keeps and fetches nothing.
self.addEventListener("push", event => {
    const note = event.data?.json();
    if (!note) return;
    event.waitUntil(self.registration.showNotification(note.title, {
        body: note.body, lang: note.lang, dir: note.dir, tag: note.path, icon: "/favicon.svg", data: { path: note.path },
    }));
});

self.addEventListener("notificationclick", event => {
    event.notification.close();
    const address = new URL(event.notification.data.path, self.location.origin);
    if (address.origin !== self.location.origin) return;
    event.waitUntil((async () => {
        const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
        const open = pages.find(page => new URL(page.url).pathname === address.pathname);
        await (open ? open.focus() : self.clients.openWindow(address.href));
    })());
});
