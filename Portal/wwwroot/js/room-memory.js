// What a browser remembers of a room: how its person was in, for a reload; and which devices they chose where those are tried.
const PLACE = `room:${location.pathname}`;
const DEVICES = "room-devices";

// Who was in this recently comes back as they were: a reload does not lead to the tool's own first page.
const KEPT = 10 * 60_000;

export function remember(muted) {
    try {
        sessionStorage.setItem(PLACE, JSON.stringify({ ...muted, at: Date.now() }));
    } catch { /* a browser without storage begins anew */ }
}

export function remembered() {
    try {
        const { at, ...muted } = JSON.parse(sessionStorage.getItem(PLACE)) ?? {};
        return at > Date.now() - KEPT ? muted : null;
    } catch {
        return null;
    }
}

export function forget() {
    try {
        sessionStorage.removeItem(PLACE);
    } catch { /* nothing was kept */ }
}

export function devices() {
    try {
        const { videoinput, audioinput, audiooutput } = JSON.parse(localStorage.getItem(DEVICES)) ?? {};
        return { videoInput: videoinput, audioInput: audioinput, audioOutput: audiooutput };
    } catch {
        return {};
    }
}
