// Subscribes this browser to what the portal tells while no page of it is open.
const form = document.getElementById("push-form");
const button = document.getElementById("push-on");
const news = document.getElementById("push-news");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

if (able) button.hidden = false;
else news.textContent = form.dataset.unable;

button.addEventListener("click", async () => {
    button.disabled = true;
    try {
        if (await Notification.requestPermission() !== "granted") {
            news.textContent = form.dataset.denied;
            return;
        }
        const worker = await navigator.serviceWorker.register("/sw.js");
        await navigator.serviceWorker.ready;
        // One that was made for a key that the portal had before is of no use.
        await (await worker.pushManager.getSubscription())?.unsubscribe();
        const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
        const { endpoint, keys } = subscription.toJSON();
        form.elements.endpoint.value = endpoint;
        form.elements.key.value = keys.p256dh;
        form.elements.auth.value = keys.auth;
        form.submit();
    } catch {
        news.textContent = form.dataset.failed;
    } finally {
        button.disabled = false;
    }
});
