// Opens the provider's room, follows what becomes of it, and opens it anew where the connection is lost. The provider's own module does
// what is particular to the tool; the states are in room-states.js.
import { hasRoom, isLeave, isWatching, next, wait } from "./room-states.js";
import { keeper } from "./room-chat.js";
import { reporter } from "./room-report.js";
import * as host from "./room-host.js";
import * as line from "./room-line.js";
import { offerAnother } from "./room-another.js";
import { offerApp } from "./room-app.js";
import { devices, forget, remember, remembered } from "./room-memory.js";

// How long somebody is alone before it is said: others that are there already are told one after the other.
const ALONE_AFTER = 5000;
const LOOK_EVERY = 15_000;

const element = document.getElementById("meeting-room");
const sentence = document.getElementById("meeting-state");
const countdown = document.getElementById("meeting-countdown");
const note = document.getElementById("meeting-note");
const after = document.getElementById("meeting-after");
const alone = document.getElementById("meeting-alone");
const words = sentence.dataset;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel(`room:${location.pathname}`) : null;

const report = reporter(element.dataset.report, element.dataset.page);
const keep = keeper(element.dataset.chat);

let state = "joining";
let data = JSON.parse(element.dataset.room);
// The token is in the page only as long as it takes to open the room.
delete element.dataset.room;
let provider;
let room;
let back = remembered();
let tries = 0;
let inside = false;
let company;
let ticking;
const watch = setInterval(look, LOOK_EVERY);

const heard = {
    "meeting-joined": enter,
    "meeting-others": event => expectOthers(event.detail.count),
    "meeting-muted": event => { back = { ...back, ...event.detail }; if (inside) remember(back); },
    "meeting-used": event => { if (inside) report.count(event.detail.feature, event.detail.times); },
    "meeting-chat": event => keep(event.detail),
    "meeting-quality": event => judge(event.detail),
    "meeting-recording": event => host.recorded(event.detail.on),
    "meeting-end-asked": () => host.askEnd(),
    "meeting-closed": () => happen("hungUp"),
    "meeting-removed": () => happen("removed"),
    "meeting-ended": () => happen("ended"),
    "meeting-full": () => happen("full"),
    "meeting-refused": () => happen("refused"),
    "meeting-error": event => {
        report.fail(event.detail?.name ?? "unknown");
        if (event.detail?.name === "no-answer") happen("silent");
        else if (event.detail?.isFatal !== false) happen("lost");
    },
};
for (const [name, hear] of Object.entries(heard)) element.addEventListener(name, hear);

document.addEventListener("room-ended", () => happen("ended"));
addEventListener("pagehide", () => report.leave(["moved", "elsewhere", "app"].includes(state) ? "moved" : "closed"));
addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
addEventListener("offline", () => { if (hasRoom(state)) say(note, words.offline); });
addEventListener("online", () => {
    if (hasRoom(state)) say(note, words.online, 4000);
    else if (state === "reconnecting") reopen();
});
// A laptop that was asleep: the meeting may be another one by now.
document.addEventListener("session-changed", look);
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
tabs?.addEventListener("message", () => happen("elsewhere"));
document.getElementById("meeting-now").addEventListener("click", reopen);

try {
    provider = await import(element.dataset.module);
    open();
} catch {
    happen("unloadable");
}

function open() {
    tabs?.postMessage("here");
    // The module may say at once that it cannot.
    room = provider.open(element, data, back, devices());
    data = null;
    line.offer(room);
    host.offer(room);
    show();
}

function enter() {
    // Before the first message is written.
    if (!inside && element.dataset.chat) say(note, words.chat, 10_000);
    inside = true;
    tries = 0;
    remember(back);
    report.enter();
    happen("joined");
    line.apply(room);
}

function judge({ level, seconds }) {
    line.judge(level, room);
    if (level === "poor" && inside) report.count("poor", seconds);
}

function happen(event) {
    const before = state;
    state = next(state, event);
    if (state === before) return;
    if (!hasRoom(state)) {
        // Whatever the reason: camera and microphone are off.
        room?.close();
        line.forget();
        host.forget();
        clearTimeout(company);
        note.hidden = true;
    }
    clearInterval(ticking);
    if (state === "alone") say(note, words.alone);
    if (before === "alone" && state === "joined") note.hidden = true;
    if (isLeave(state)) report.leave("left");
    if (state === "reconnecting") report.leave("dropped");
    if (state === "elsewhere" || state === "moved" || state === "app") report.leave("moved");
    if (isLeave(state) || state === "elsewhere" || state === "app") forget();
    if (!isWatching(state)) clearInterval(watch);
    if (state === "failed") navigator.sendBeacon(element.dataset.trouble);
    if (state === "moved") setTimeout(() => location.reload(), 3000);
    if (state === "reconnecting") plan();
    show();
}

function show() {
    element.dataset.state = state;
    element.hidden = !hasRoom(state);
    sentence.textContent = words[state] ?? words.joining;
    sentence.hidden = hasRoom(state) && (state !== "joining" || element.childElementCount > 0);
    countdown.hidden = state !== "reconnecting";
    document.getElementById("meeting-wait").hidden = state !== "reconnecting";
    after.hidden = hasRoom(state) || state === "moved" || state === "reconnecting";
    document.getElementById("meeting-again").hidden = state === "removed" || state === "ended";
    // Once it is over, the session's page says what comes next.
    const nextStep = document.getElementById("meeting-next");
    if (nextStep) {
        nextStep.hidden = state !== "ended";
        document.getElementById("meeting-session").hidden = state === "ended";
    }
    offerApp(state, room?.app, () => happen("app"));
    // Out of this page the tool may open all the same; and the others should not wait without a word.
    const address = state === "failed" && room?.address?.startsWith("https://") ? room.address : null;
    if (address) alone.href = address;
    alone.hidden = !address;
    offerAnother(state === "failed" || state === "refused");
    document.getElementById("meeting-tell").hidden = state !== "failed" && state !== "refused";
}

// The seconds are for eyes alone; a screen reader is told once that the line is lost.
function plan() {
    let left = wait(tries++, inside);
    if (left === null) {
        happen("spent");
        return;
    }
    const tick = () => {
        countdown.textContent = words.seconds.replace("{0}", new Intl.NumberFormat(document.documentElement.lang).format(left));
        if (left-- <= 0) reopen();
    };
    tick();
    ticking = setInterval(tick, 1000);
}

// With a new token: the old one may have ended, and the session may have been changed.
async function reopen() {
    clearInterval(ticking);
    if (!navigator.onLine) {
        countdown.textContent = words.offline;
        return; // the browser says when it is back
    }
    try {
        const answer = await fetch(element.dataset.again, { cache: "no-store" });
        if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status}`);
        const fresh = answer.ok ? await answer.json() : {};
        if (state !== "reconnecting") return;
        if (!fresh.data) {
            happen("moved");
            return;
        }
        data = JSON.parse(fresh.data);
        back = { ...back, again: true };
        happen("rebuilt");
        open();
    } catch {
        if (state === "reconnecting") plan();
        else happen("unloadable");
    }
}

function expectOthers(count) {
    clearTimeout(company);
    if (count > 0) happen("company");
    else company = setTimeout(() => happen("alone"), ALONE_AFTER);
}

// The others may have been sent to another room, or this link may have been withdrawn: then the page goes along, and says so.
async function look() {
    if (!isWatching(state)) return;
    try {
        const answer = await fetch(element.dataset.look, { cache: "no-store" });
        const { go, ended } = answer.ok ? await answer.json() : {};
        if (ended) happen("ended");
        else if (go) happen("moved");
    } catch {
        // offline for a moment
    }
}

function say(place, text, forMilliseconds) {
    place.textContent = text;
    place.hidden = false;
    if (forMilliseconds) setTimeout(() => { if (place.textContent === text) place.hidden = true; }, forMilliseconds);
}
