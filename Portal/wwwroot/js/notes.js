// What people write down beside a session, on its page and in its room: saved while they type, brought together with what others type
// meanwhile, and shown anew when somebody else changed something. Without this script the same forms are sent by their buttons.
const PAUSE = 1200;
const AGAIN_AFTER = 5000;
const ASK_EVERY = 20_000;

export function begin(place) {
    const words = place.dataset;
    const address = words.notes;
    const state = place.querySelector("[data-state]");
    const said = place.querySelector("[data-said]");
    const fields = [...place.querySelectorAll("form[data-text]")].map(fieldOf);
    let asks = 0;

    place.classList.add("is-live");
    place.addEventListener("submit", act);
    document.addEventListener("notes-changed", refresh);
    addEventListener("online", () => fields.forEach(save));
    addEventListener("pagehide", () => fields.filter(isUnsaved).forEach(sendLast));
    addEventListener("beforeunload", event => { if (fields.some(f => f.failed && isUnsaved(f))) event.preventDefault(); });
    setInterval(() => { if (!document.hidden && place.checkVisibility()) refresh(); }, ASK_EVERY);

    function fieldOf(form) {
        const area = form.querySelector("textarea[name=text]");
        const field = { form, area, error: form.querySelector(".error"), base: form.querySelector("textarea[name=before]").value };
        area.addEventListener("input", () => {
            field.refused = false;
            state.textContent = words.saving;
            later(field, PAUSE);
        });
        area.addEventListener("blur", () => save(field));
        area.addEventListener("compositionstart", () => { field.composing = true; });
        area.addEventListener("compositionend", () => { field.composing = false; });
        return field;
    }

    function later(field, milliseconds) {
        clearTimeout(field.timer);
        field.timer = setTimeout(() => save(field), milliseconds);
    }

    function isUnsaved(field) {
        return field.area.value !== field.base;
    }

    // What was on its way when the line broke is sent again as it was: the portal knows whether it has arrived.
    function send(field, how) {
        field.pending ??= { key: newKey(), before: field.base, text: field.area.value };
        const form = new FormData(field.form);
        for (const [name, value] of Object.entries(field.pending)) form.set(name, value);
        return fetch(field.form.action, { method: "POST", body: form, headers: { Accept: "application/json" }, ...how });
    }

    function sendLast(field) {
        field.pending = null;
        send(field, { keepalive: true }).catch(() => {});
    }

    async function save(field) {
        if (field.busy || field.refused || !(field.pending || isUnsaved(field))) return;
        // Letters that are still being put together are nobody's word yet.
        if (field.composing) {
            later(field, PAUSE);
            return;
        }
        clearTimeout(field.timer);
        field.busy = true;
        try {
            const answer = await send(field);
            const { text, problem } = await read(answer);
            const sent = field.pending.text;
            field.pending = null;
            if (answer.ok) finish(field, sent, text);
            else refuse(field, problem);
        } catch {
            field.failed = true;
            say(words.unsaved);
            state.textContent = "";
            later(field, AGAIN_AFTER);
        } finally {
            field.busy = false;
        }
    }

    // Where somebody went on typing meanwhile, the next save brings both together.
    function finish(field, sent, text) {
        field.failed = false;
        field.error.textContent = "";
        field.area.removeAttribute("aria-invalid");
        if (said.textContent === words.unsaved) say("");
        if (field.area.value === sent) {
            put(field.area, text);
            field.base = text;
            state.textContent = words.saved;
            if (text !== sent) say(words.merged);
        } else {
            field.base = sent;
            later(field, PAUSE);
        }
    }

    function refuse(field, problem) {
        field.refused = true;
        field.error.textContent = problem;
        field.area.setAttribute("aria-invalid", "true");
        state.textContent = "";
        say(problem);
    }

    async function act(event) {
        const form = event.target;
        if (!form.matches("[data-act], [data-text]")) return;
        event.preventDefault();
        if (form.matches("[data-text]")) {
            save(fields.find(f => f.form === form));
            return;
        }
        const button = event.submitter;
        if (button.getAttribute("aria-busy")) return;
        button.setAttribute("aria-busy", "true");
        try {
            const answer = await fetch(form.action, {
                method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" },
            });
            const { problem } = await read(answer);
            say(problem ?? "");
            if (answer.ok) {
                if (form.matches(".step-new")) form.reset();
                await refresh();
            }
        } catch {
            say(words.unsaved);
        } finally {
            button.removeAttribute("aria-busy");
        }
    }

    async function refresh() {
        const mine = ++asks;
        try {
            const answer = await fetch(address, { cache: "no-store" });
            if (!answer.ok || answer.redirected) return;
            const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-notes]");
            // Answers may overtake each other.
            if (fresh && mine === asks) show(fresh);
        } catch {
            // offline for a moment
        }
    }

    function show(fresh) {
        for (const field of fields) {
            const now = fresh.querySelector(`[data-text="${field.form.dataset.text}"] textarea[name=before]`)?.value;
            if (now === undefined || field.busy || field.composing) continue;
            if (isUnsaved(field)) {
                save(field);
            } else if (now !== field.base) {
                put(field.area, now);
                field.base = now;
            }
        }
        for (const part of place.querySelectorAll("[data-part]")) replace(part, fresh.querySelector(`[data-part="${part.dataset.part}"]`));
    }

    // Too often, or the portal is away for a moment: that may be tried again. Of all else a page for people says no more than no.
    async function read(answer) {
        if (answer.headers.get("content-type")?.includes("json")) return answer.json();
        if (answer.status === 429 || answer.status >= 500 || answer.ok) throw new Error(`${answer.status}`);
        return { problem: words.refused };
    }

    function say(text) {
        said.textContent = text;
    }
}

// Without https there is no randomUUID.
function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
}

// Whoever has just pressed a button keeps the focus on what is there now.
function replace(part, fresh) {
    if (!fresh || part.innerHTML === fresh.innerHTML) return;
    const form = part.contains(document.activeElement) ? document.activeElement.closest("form") : null;
    const key = form && [form.getAttribute("action"), form.elements.step?.value];
    part.replaceChildren(...fresh.childNodes);
    part.hidden = fresh.hidden;
    if (!key) return;
    const same = [...part.querySelectorAll("form")].find(f => f.getAttribute("action") === key[0] && f.elements.step?.value === key[1]);
    (same?.querySelector("button") ?? document.getElementById("step"))?.focus();
}

// The caret stays where it is between the words.
function put(area, text) {
    const old = area.value;
    if (old === text) return;
    const { selectionStart, selectionEnd, scrollTop } = area;
    let head = 0;
    while (head < old.length && head < text.length && old[head] === text[head]) head++;
    let tail = 0;
    while (tail < old.length - head && tail < text.length - head && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
    const moved = at => at <= head ? at : at >= old.length - tail ? at + text.length - old.length : head;
    area.value = text;
    if (document.activeElement === area) area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    area.scrollTop = scrollTop;
}

for (const place of document.querySelectorAll("[data-notes]")) begin(place);
