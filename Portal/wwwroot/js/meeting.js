// Opens the provider's room and says what became of it. The provider's own module does what is particular to the tool.
const element = document.getElementById("meeting-room");
const state = document.getElementById("meeting-state");
const after = document.getElementById("meeting-after");

element.addEventListener("meeting-joined", () => {
    state.hidden = after.hidden = true;
    sessionStorage.removeItem(`failed:${location.pathname}`);
});
element.addEventListener("meeting-closed", () => end(state.dataset.left));
element.addEventListener("meeting-error", event => { if (event.detail?.fatal !== false) say(failed()); });

try {
    const provider = await import(element.dataset.module);
    provider.open(element, JSON.parse(element.dataset.room));
    // Unless the module has said already that the room cannot be opened.
    state.hidden = after.hidden;
} catch {
    end(failed());
}
// The token is in the page only as long as it takes to open the room.
delete element.dataset.room;

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
    element.hidden = true;
    say(text);
}
