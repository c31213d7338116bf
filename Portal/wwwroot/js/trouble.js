// How the last try of camera and microphone went in this browser goes along with "something does not work".
export function attachCheck(form) {
    try {
        form.elements.check.value = localStorage.getItem("room-check") ?? "";
    } catch { /* a browser without storage knows of none */ }
}

for (const form of document.querySelectorAll("form[data-say-trouble]")) form.addEventListener("submit", () => attachCheck(form), true);
