// How good the line is, in words; and the ways to ask less of it. A choice is remembered for this browser.
const SUGGEST_AFTER = 3;
const CHOICE = "room-quality";

const shown = document.getElementById("meeting-line");
const menu = document.getElementById("room-call");
const quality = document.getElementById("room-quality");
const audioOnly = document.getElementById("room-audio-only");
const hint = document.getElementById("room-poor");

let poor = 0;
let suggested = false;

// Called anew for each room that opens: what the tool cannot do is not offered.
export function offer(room) {
    quality.closest(".field").hidden = !room.setQuality;
    audioOnly.closest(".field").hidden = !room.setAudioOnly;
    menu.hidden = false;
    showKeys(room.keys ?? []);
    quality.onchange = () => {
        remember({ ...remembered(), height: quality.value });
        room.setQuality(Number(quality.value));
    };
    audioOnly.onchange = () => {
        remember({ ...remembered(), audioOnly: audioOnly.checked });
        room.setAudioOnly(audioOnly.checked);
    };
    document.getElementById("room-poor-yes").onclick = () => {
        hint.hidden = true;
        audioOnly.checked = true;
        room.setAudioOnly(true);
    };
    document.getElementById("room-poor-no").onclick = () => { hint.hidden = true; };
}

// The tool's own shortcuts, of what it does in this room.
function showKeys(known) {
    const panel = document.getElementById("room-keys");
    panel.hidden = known.length === 0;
    for (const name of panel.querySelectorAll("[data-does]")) {
        const key = known.find(k => k.does === name.dataset.does);
        name.hidden = name.nextElementSibling.hidden = !key;
        name.firstElementChild.textContent = key?.key ?? "";
    }
}

// Once it is in the room: what the person chose at another time.
export function apply(room) {
    const { height, audioOnly: silent } = remembered();
    if (height && [...quality.options].some(o => o.value === height)) {
        quality.value = height;
        room.setQuality?.(Number(height));
    }
    if (silent) {
        audioOnly.checked = true;
        room.setAudioOnly?.(true);
    }
}

// Told every few seconds. A moment is no poor line, and nobody is asked twice.
export function judge(level, room) {
    if (level !== shown.dataset.level) {
        shown.dataset.level = level;
        shown.querySelector("span").textContent = shown.dataset[level];
    }
    shown.hidden = false;
    poor = level === "poor" ? poor + 1 : 0;
    if (poor === 0) hint.hidden = true;
    if (poor < SUGGEST_AFTER || suggested || audioOnly.checked || !room.setAudioOnly) return;
    suggested = true;
    hint.hidden = false;
}

export function forget() {
    shown.hidden = hint.hidden = menu.hidden = true;
    poor = 0;
}

function remembered() {
    try {
        return JSON.parse(localStorage.getItem(CHOICE)) ?? {};
    } catch {
        return {};
    }
}

function remember(choice) {
    try {
        localStorage.setItem(CHOICE, JSON.stringify(choice));
    } catch { /* a browser without storage forgets it */ }
}
