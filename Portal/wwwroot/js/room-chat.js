// Hands on what this page's person writes to everybody in the meeting, where it is kept. What could not be sent goes with the next.
const MAX_WAITING = 50;
const AGAIN_AFTER = 10_000;

export function keeper(address) {
    const waiting = [];
    let busy = false;

    async function send() {
        if (busy) return;
        busy = true;
        try {
            while (waiting.length > 0) {
                const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ text: waiting[0] }) });
                if (answer.status === 429 || answer.status >= 500) throw new Error(`${answer.status}`);
                waiting.shift();
            }
        } catch {
            setTimeout(send, AGAIN_AFTER);
        } finally {
            busy = false;
        }
    }

    return ({ text, mine }) => {
        if (!address || !mine || waiting.length >= MAX_WAITING) return;
        waiting.push(text);
        send();
    };
}
