// Opens a Jitsi room inside an element of the portal's meeting page, in a frame of the meeting server's. What the two say to each
// other is Jitsi's IFrame API, spoken here: a script of the server's own would run with all that this page may do.
// What happens in the room is told as events of the element: meeting-joined, meeting-left, meeting-closed, meeting-error.

// One frame a page: the number tells the API's users apart.
const SCOPE = 'jitsi_meet_external_api_0';

// The server's page greets once its script runs. Of a frame that does not load, nothing is heard at all.
const PATIENCE = 30_000;

export function open(element, data) {
  const tell = (name, detail = {}) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const address = addressOf(data);
  const frame = frameFor(address);
  const silence = setTimeout(() => tell('meeting-error', { name: 'no-answer', isFatal: true }), PATIENCE);

  function hear(event) {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return;
    const said = read(event.data);
    if (!said) return;
    clearTimeout(silence);
    if (said.method === '__ready__') {
      // Sent back, it lets the other side speak.
      frame.contentWindow.postMessage(JSON.stringify(said), address.origin);
    } else if (said.method === 'message' && said.params?.type === 'event' && said.params.data) {
      tellOf(said.params.data, tell);
    }
  }

  window.addEventListener('message', hear);
  element.append(frame);

  return {
    close() {
      clearTimeout(silence);
      window.removeEventListener('message', hear);
      frame.remove();
    },
  };
}

function tellOf(event, tell) {
  switch (event.name) {
    // The server tells it again after every reconnect and every move between breakout rooms.
    case 'video-conference-joined':
      tell('meeting-joined', { id: event.id, breakoutRoom: Boolean(event.breakoutRoom) });
      break;
    case 'video-conference-left':
      tell('meeting-left');
      break;
    case 'video-ready-to-close':
      tell('meeting-closed');
      break;
    case 'error-occurred': {
      const error = event.error ?? event;
      tell('meeting-error', { name: error.name, type: error.type, isFatal: Boolean(error.isFatal) });
      break;
    }
  }
}

// Null for anything that is not of this API.
function read(text) {
  try {
    const said = JSON.parse(text);
    return said?.postis === true && said.scope === SCOPE ? said : null;
  } catch {
    return null;
  }
}

function frameFor(address) {
  const frame = document.createElement('iframe');
  frame.id = frame.name = 'jitsiConferenceFrame0';
  frame.title = 'Jitsi Meet';
  frame.allow = 'autoplay; camera; clipboard-write; compute-pressure; display-capture; hid; microphone; screen-wake-lock; speaker-selection';
  frame.allowFullscreen = true;
  frame.src = address.href;
  return frame;
}

// The token stands in the query for the server and behind the # for its page, as the server's own script puts it.
function addressOf(data) {
  const address = new URL(`https://${data.domain}/${data.roomName}`);
  if (data.jwt) address.searchParams.set('jwt', data.jwt);
  if (data.lang) address.searchParams.set('lang', data.lang);
  const parts = ['jitsi_meet_external_api_id=0'];
  if (data.jwt) parts.push(part('jwt', data.jwt));
  for (const [prefix, values] of [['config', data.config], ['userInfo', data.userInfo]])
    for (const [name, value] of Object.entries(values ?? {})) parts.push(part(`${prefix}.${name}`, value));
  address.hash = parts.join('&');
  return address;
}

function part(name, value) {
  return `${name}=${encodeURIComponent(JSON.stringify(value))}`;
}
