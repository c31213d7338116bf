// Opens a Jitsi room inside an element of the portal's meeting page. The page has loaded the server's external_api.js.
// What happens in the room is told as events of the element: meeting-joined, meeting-left, meeting-closed, meeting-error.

export function open(element, data) {
  const tell = (name, detail = {}) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

  const Api = globalThis.JitsiMeetExternalAPI;
  if (!Api) {
    tell('meeting-error', { name: 'script-missing', isFatal: true });
    return { close() { } };
  }

  const api = new Api(data.domain, {
    roomName: data.roomName,
    jwt: data.jwt,
    lang: data.lang,
    parentNode: element,
    width: '100%',
    height: '100%',
    configOverwrite: data.config,
    userInfo: data.userInfo,
  });

  // The server tells it again after every reconnect and every move between breakout rooms.
  api.on('videoConferenceJoined', event => tell('meeting-joined', { id: event.id, breakoutRoom: Boolean(event.breakoutRoom) }));
  api.on('videoConferenceLeft', () => tell('meeting-left'));
  api.on('readyToClose', () => tell('meeting-closed'));
  api.on('errorOccurred', event => {
    const error = event.error ?? event;
    tell('meeting-error', { name: error.name, type: error.type, isFatal: Boolean(error.isFatal) });
  });

  return { close() { api.dispose(); } };
}
