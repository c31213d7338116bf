// Opens the provider's room and says what became of it. The provider's own module does what is particular to the tool.
const element = document.getElementById("meeting-room");
const state = document.getElementById("meeting-state");
const after = document.getElementById("meeting-after");

element.addEventListener("meeting-joined", () => {
    state.hidden = after.hidden = true;
    sessionStorage.removeItem(`failed:${location.pathname}`);
});
element.addEventListener("meeting-closed", () => { goodbye(); end(state.dataset.left); });
element.addEventListener("meeting-error", event => { if (event.detail?.fatal !== false) say(failed()); });

let room;
let watch;
let inside = false;
element.addEventListener("meeting-joined", () => { inside = true; });
addEventListener("pagehide", goodbye);

try {
    const provider = await import(element.dataset.module);
    room = provider.open(element, JSON.parse(element.dataset.room));
    // Unless the module has said already that the room cannot be opened.
    state.hidden = after.hidden;
} catch {
    end(failed());
}
// The token is in the page only as long as it takes to open the room.
delete element.dataset.room;

// The others may have been sent to another room, or this link may have been withdrawn: then the page goes along, and says so.
watch = setInterval(async () => {
    try {
        const answer = await fetch(element.dataset.state, { cache: "no-store" });
        if (!answer.ok || !(await answer.json()).go) return;
    } catch {
        return; // offline for a moment
    }
    clearInterval(watch);
    room?.close();
    element.hidden = true;
    state.textContent = state.dataset.changed;
    state.hidden = false;
    inside = false;
    setTimeout(() => location.reload(), 3000);
}, 15000);

function goodbye() {
    if (inside) navigator.sendBeacon(element.dataset.goodbye);
    inside = false;
}

function say(text) {
    state.textContent = text;
    state.hidden = false;
    after.hidden = false;
}

// The same words again would not help: the second time it says what may be in the way.
function failed() {
    const key = `failed:${location.pathname}`;
    const again = sessionStorage.getItem(key) !== null;
    sessionStorage.setItem(key, "1");
    return again ? state.dataset.failedAgain : state.dataset.failed;
}

function end(text) {
    clearInterval(watch);
    element.hidden = true;
    say(text);
}
