// Listens to one session. What has changed is not said: each page asks for what it shows, by the rights it has at that moment.
// hear({ decision }) at the beginning and after each change; hear({ gone: true }) where there is nothing to wait for any more.
const AGAIN = 60_000;

export function follow(address, hear) {
    if (!("EventSource" in window)) return { isOpen: () => false, close() {} };
    let stream;
    let spoke = false;
    let ended = false;
    let later;

    function open() {
        clearTimeout(later);
        if (ended || stream) return;
        stream = new EventSource(address);
        stream.addEventListener("change", event => {
            spoke = true;
            hear(JSON.parse(event.data));
        });
        stream.addEventListener("notes", () => document.dispatchEvent(new CustomEvent("notes-changed")));
        stream.addEventListener("gone", () => {
            close();
            hear({ gone: true });
        });
        stream.addEventListener("error", () => {
            spoke = false;
            // After a refusal browsers do not try again: as many may listen as there is room for, or the portal starts anew.
            if (stream?.readyState !== EventSource.CLOSED) return;
            drop();
            later = setTimeout(open, AGAIN + Math.random() * AGAIN);
        });
    }

    function drop() {
        stream?.close();
        stream = null;
        spoke = false;
    }

    function close() {
        ended = true;
        clearTimeout(later);
        drop();
    }

    addEventListener("pagehide", drop);
    addEventListener("offline", drop);
    addEventListener("online", open);
    addEventListener("pageshow", event => { if (event.persisted) open(); });
    open();
    // A proxy may hold back what is said: only who has heard something does not need to ask.
    return { isOpen: () => spoke && stream?.readyState === EventSource.OPEN, close };
}
