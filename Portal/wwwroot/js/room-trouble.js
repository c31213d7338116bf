// "Something does not work", from the room: with the state of its page and its line, and without leaving it.
import { attachCheck } from "./trouble.js";

const menu = document.getElementById("room-trouble");
const said = document.getElementById("room-trouble-said");
const line = document.getElementById("meeting-line");

menu?.querySelector("form").addEventListener("submit", async event => {
    event.preventDefault();
    const form = event.target;
    const button = event.submitter ?? form.querySelector("button");
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    try {
        attachCheck(form);
        const body = new URLSearchParams(new FormData(form));
        body.set("page", document.getElementById("meeting-room").dataset.state ?? "");
        if (!line.hidden) body.set("line", line.dataset.level);
        const answer = await fetch(form.action, { method: "POST", body });
        const { text } = await answer.json();
        say(text);
        if (answer.ok) form.hidden = true;
    } catch {
        say(menu.dataset.failed);
    } finally {
        button.removeAttribute("aria-busy");
    }
});

function say(text) {
    said.textContent = text;
    said.hidden = !text;
}
