// Tries camera, microphone, speaker and line. Nothing that is seen or heard leaves the browser; the choice of devices is kept in it, for
// the meeting room.
const DEVICES = "room-devices";
const QUALITY = "room-quality";
const RESULT = "room-check";
const KINDS = ["videoinput", "audioinput", "audiooutput"];
const SLOW = 300;

const page = document.getElementById("check");
const words = page.dataset;
const by = id => document.getElementById(`check-${id}`);
const video = by("video");
let streams = [];
let context;
let hearing;

page.hidden = false;
by("start").addEventListener("click", start);
by("play").addEventListener("click", play);
by("audio-only").checked = Boolean(read(QUALITY).audioOnly);
by("audio-only").addEventListener("change", event => write(QUALITY, { ...read(QUALITY), audioOnly: event.target.checked }));
for (const kind of KINDS) by(kind).addEventListener("change", event => choose(kind, event.target));
addEventListener("pagehide", stop);
showHelp();
tryLines();

async function start() {
    stop();
    if (!navigator.mediaDevices?.getUserMedia || !("RTCPeerConnection" in window)) {
        const why = window.isSecureContext ? words.old : words.insecure;
        say("camera", "bad", why);
        say("microphone", "bad", why);
        return;
    }
    by("start").setAttribute("aria-busy", "true");
    // One after the other: who has no camera can be heard all the same.
    await look();
    await listen();
    await list();
    by("start").removeAttribute("aria-busy");
}

async function look() {
    try {
        video.srcObject = await take({ video: wanted("videoinput") });
        video.hidden = false;
        say("camera", "good", words.sees);
    } catch (error) {
        video.hidden = true;
        say("camera", "bad", reason(error));
    }
}

async function listen() {
    try {
        const stream = await take({ audio: wanted("audioinput") });
        context ??= new AudioContext();
        const ear = context.createAnalyser();
        context.createMediaStreamSource(stream).connect(ear);
        const samples = new Uint8Array(ear.fftSize);
        by("level").hidden = false;
        say("microphone", "warn", words.silent);
        let heard = false;
        clearInterval(hearing);
        hearing = setInterval(() => {
            ear.getByteTimeDomainData(samples);
            const level = Math.min(100, Math.max(...samples.map(s => Math.abs(s - 128))) * 2);
            by("level").value = level;
            if (level > 10 && !heard) {
                heard = true;
                say("microphone", "good", words.hears);
            }
        }, 100);
    } catch (error) {
        by("level").hidden = true;
        say("microphone", "bad", reason(error));
    }
}

async function take(what) {
    const stream = await navigator.mediaDevices.getUserMedia(what);
    streams.push(stream);
    return stream;
}

function stop() {
    clearInterval(hearing);
    for (const stream of streams) for (const track of stream.getTracks()) track.stop();
    streams = [];
}

// A browser names devices only to who may use them.
async function list() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const chosen = read(DEVICES);
    for (const kind of KINDS) {
        const found = devices.filter(d => d.kind === kind && d.deviceId);
        const select = by(kind);
        select.closest(".field").hidden = found.length < 2;
        select.replaceChildren(...found.map((d, i) => new Option(d.label || words.unnamed.replace("{0}", i + 1), d.deviceId)));
        const known = found.find(d => d.label && d.label === chosen[kind]);
        if (known) select.value = known.deviceId;
    }
}

function choose(kind, select) {
    const label = select.selectedOptions[0]?.text;
    write(DEVICES, { ...read(DEVICES), [kind]: label });
    if (kind === "videoinput") look();
    if (kind === "audioinput") listen();
}

function wanted(kind) {
    return by(kind).value ? { deviceId: { exact: by(kind).value } } : true;
}

// Three notes, from the speaker that was chosen.
async function play() {
    context ??= new AudioContext();
    await context.resume();
    const speaker = by("audiooutput").value;
    try {
        if (speaker && context.setSinkId) await context.setSinkId(speaker);
    } catch { /* the usual one plays */ }
    [523, 659, 784].forEach((pitch, i) => {
        const tone = context.createOscillator();
        const volume = context.createGain();
        const at = context.currentTime + i * 0.3;
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0.2, at);
        volume.gain.exponentialRampToValueAtTime(0.001, at + 0.28);
        tone.connect(volume).connect(context.destination);
        tone.start(at);
        tone.stop(at + 0.3);
    });
}

function reason(error) {
    switch (error.name) {
        case "NotAllowedError": case "SecurityError":
            document.querySelector("#check-help details:not([hidden])")?.setAttribute("open", "");
            return words.denied;
        case "NotFoundError": case "OverconstrainedError": return words.missing;
        default: return words.busy;
    }
}

async function tryLines() {
    tell("portal", await trips(words.portal));
    for (const server of words.servers.split(" ").filter(Boolean)) tell("server", await trips(`${server}/`));
}

function tell(place, milliseconds) {
    if (milliseconds === null) say(place, "bad", words.unreachable);
    else say(place, milliseconds > SLOW ? "warn" : "good", words[`${place}Answers`].replace("{0}", number(milliseconds)));
}

// The middle one of five; null where none comes back.
async function trips(address) {
    const times = [];
    for (let i = 0; i < 5; i++) {
        const from = performance.now();
        try {
            await fetch(`${address}?trip=${i}`, { mode: "no-cors", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(5000) });
            times.push(performance.now() - from);
        } catch {
            if (i > 1 && times.length === 0) return null;
        }
    }
    return times.length === 0 ? null : Math.round(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]);
}

function say(place, tone, text) {
    const line = by(place);
    const chip = document.createElement("span");
    chip.className = `chip ${tone}`;
    chip.textContent = tone === "good" ? words.good : tone === "warn" ? words.slow : words.bad;
    // A microphone that nobody has spoken into is not slow.
    line.replaceChildren(...(place === "microphone" && tone === "warn" ? [] : [chip, " "]), text);
    line.dataset.tone = tone;
    // Goes along where somebody says that something does not work, and nowhere else.
    write(RESULT, { ...read(RESULT), [place]: tone, atUtc: new Date().toISOString() });
}

// The sentences for this browser; all of them where it cannot be told.
function showHelp() {
    const agent = navigator.userAgent;
    const browser = /iPhone|iPad/.test(agent) || /Macintosh/.test(agent) && navigator.maxTouchPoints > 1 ? "Iphone"
        : /Android/.test(agent) ? "Android" : /Firefox\//.test(agent) ? "Firefox"
        : /Chrom(e|ium)\//.test(agent) ? "Chromium" : /Safari\//.test(agent) ? "Safari" : null;
    if (browser) for (const help of document.querySelectorAll("[data-browser]")) help.hidden = help.dataset.browser !== browser;
}

function number(n) {
    return new Intl.NumberFormat(document.documentElement.lang).format(n);
}

function read(key) {
    try {
        return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
        return {};
    }
}

function write(key, value) {
    try {
        localStorage.setItem(key, JSON.stringify(value));
    } catch { /* a browser without storage forgets it */ }
}
