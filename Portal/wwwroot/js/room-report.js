// Tells the portal that its person is in the room, and what was used of it: counts, never contents. What is told last, while the page is
// closed, is a beacon; so they all are.
const EVERY = 30_000;
const MAX_ERRORS = 5;

export function reporter(address, page) {
    let inside = false;
    let used = {};
    let errors = [];
    let timer;

    function send(end) {
        const body = { page, in: inside, end, used, errors };
        used = {};
        errors = [];
        navigator.sendBeacon(address, new Blob([JSON.stringify(body)], { type: "application/json" }));
    }

    return {
        enter() {
            if (inside) return;
            inside = true;
            send();
            timer = setInterval(() => send(), EVERY);
        },
        // How: left, dropped, closed or moved.
        leave(how) {
            clearInterval(timer);
            if (!inside && errors.length === 0) return;
            const end = inside ? how : undefined;
            inside = false;
            send(end);
        },
        count(feature, times = 1) {
            used[feature] = (used[feature] ?? 0) + times;
        },
        fail(name) {
            if (errors.length < MAX_ERRORS && /^[\w.-]{1,80}$/.test(name)) errors.push(name);
        },
    };
}
