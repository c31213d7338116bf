// What the mentor does for everybody: the portal does it and says what came of it; the tool's own part is asked of its module.
const menu = document.getElementById("room-host");
const said = document.getElementById("room-host-said");
let room = {};
let recording = false;
let objections = "";

const record = document.getElementById("room-record");
const muteAll = document.getElementById("room-mute-all");
const groups = document.getElementById("room-groups");

// Called anew for each room that opens.
export function offer(opened) {
    if (!menu) return;
    room = opened;
    menu.hidden = false;
    muteAll.hidden = !room.muteAll;
    record.hidden = !room.record;
    mayRecord();
    if (groups) groups.hidden = !room.openGroups;
}

export function forget() {
    if (menu) menu.hidden = true;
    room = {};
}

export function recorded(on) {
    recording = on;
    if (record) record.querySelector("span").textContent = on ? record.dataset.stop : record.dataset.start;
    mayRecord();
}

// Who is there and has not agreed keeps the mentor from beginning; stopping goes always.
document.addEventListener("recording-objections", event => {
    objections = event.detail;
    mayRecord();
});

function mayRecord() {
    if (!record) return;
    const why = document.getElementById("room-record-why");
    record.disabled = Boolean(objections) && !recording;
    why.textContent = objections;
    why.hidden = !objections || record.hidden;
}

// The tool's own entry in its own menu leads to the same question.
export function askEnd() {
    if (!menu) return;
    menu.open = true;
    const question = menu.querySelector("#room-end-box details");
    question.open = true;
    document.getElementById("room-end").focus();
}

muteAll?.addEventListener("click", () => {
    room.muteAll();
    say(muteAll.dataset.done);
});
record?.addEventListener("click", () => room.record(!recording));

// Who is not in the room, or cannot be told apart there, finds the breakout room by its name.
document.getElementById("room-groups-open")?.addEventListener("click", event => {
    const left = room.openGroups(JSON.parse(groups.dataset.groups));
    const { done, some } = event.currentTarget.dataset;
    say(left.length === 0 ? done : some.replace("{0}", new Intl.ListFormat(document.documentElement.lang).format(left)));
});
document.getElementById("room-groups-close")?.addEventListener("click", event => {
    room.closeGroups();
    say(event.currentTarget.dataset.done);
});

menu?.addEventListener("submit", async event => {
    const form = event.target;
    event.preventDefault();
    const button = event.submitter;
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    try {
        const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const { text } = await answer.json();
        say(text);
        if (answer.ok) finish(form);
    } catch {
        say(menu.dataset.failed);
    } finally {
        button.removeAttribute("aria-busy");
    }
});

function finish(form) {
    for (const fold of menu.querySelectorAll("details")) fold.open = false;
    const { name, person } = form.closest("[data-person]")?.dataset ?? {};
    if (person) {
        // The portal takes their link; where the tool can, it puts them out at once.
        if (!room.remove?.({ id: person, name })) say(menu.dataset.still.replace("{0}", name));
        form.closest("li").remove();
    } else if (form.id === "room-end-form" || form.querySelector("#room-end")) {
        document.dispatchEvent(new CustomEvent("room-ended"));
    }
}

function say(text) {
    said.textContent = text;
    said.hidden = !text;
}
