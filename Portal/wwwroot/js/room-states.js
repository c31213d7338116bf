// What can happen in the meeting's page, as a table: in which state which event leads where. What has no row changes nothing: a tool
// that closes its room after it put somebody out says no second goodbye.

// From anywhere with a room: the room is over for this page, whatever the reason.
const OUT = {
    removed: "removed", ended: "ended", full: "full", refused: "refused", elsewhere: "elsewhere", moved: "moved", app: "app",
};

// The connection is gone, and the tool does not mend it by itself; or nothing was ever heard of the room.
const BROKEN = { lost: "reconnecting", silent: "reconnecting", unloadable: "failed" };

export const TABLE = {
    joining: { joined: "joined", hungUp: "left", ...BROKEN, ...OUT },
    joined: { alone: "alone", hungUp: "left", ...BROKEN, ...OUT },
    alone: { company: "joined", hungUp: "left", ...BROKEN, ...OUT },
    reconnecting: { rebuilt: "joining", spent: "failed", ...OUT },
    left: {},
    removed: {},
    ended: {},
    full: { moved: "moved" },
    refused: { moved: "moved" },
    failed: { moved: "moved", app: "app" },
    elsewhere: {},
    // On this phone, in the tool's own app.
    app: {},
    moved: {},
};

export function next(state, event) {
    return TABLE[state][event] ?? state;
}

// Elsewhere the frame is taken away, and camera and microphone with it.
export const hasRoom = state => state === "joining" || state === "joined" || state === "alone";

// Who was in has left with these; who moves to another tab or room has not.
export const isLeave = state => ["left", "removed", "ended", "full", "refused", "failed"].includes(state);

// Others may have changed the session meanwhile; after these it does not matter any more.
export const isWatching = state => "moved" in TABLE[state];

// Seconds before each new try; null when there were enough. Who was in is worth more of them.
export function wait(tries, wasIn) {
    const waits = wasIn ? [2, 5, 10, 20, 30] : [2, 5];
    return waits[tries] ?? null;
}
