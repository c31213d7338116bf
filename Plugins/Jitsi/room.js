// Opens a Jitsi room inside an element of the portal's meeting page, in a frame of the meeting server's. What the two say to each
// other is Jitsi's IFrame API, spoken here: a script of the server's own would run with all that this page may do.
// What happens in the room is told as events of the element: meeting-joined, meeting-others, meeting-muted, meeting-closed,
// meeting-removed, meeting-ended, meeting-full, meeting-refused, meeting-error.

// One frame a page: the number tells the API's users apart.
const SCOPE = 'jitsi_meet_external_api_0';

// The server's page greets once its script runs. Of a frame that does not load, nothing is heard at all.
const PATIENCE = 20_000;

// What the frame asks the person about by itself, and what it comes back from.
const ITS_OWN = ['conference.connectionError.membersOnly', 'conference.passwordRequired', 'conference.authenticationRequired',
  'conference.display_name_required', 'conference.restarted'];

// No second try helps against these.
const LAST_WORDS = {
  'conference.destroyed': 'ended',
  'conference.gracefulShutdown': 'ended',
  CONFERENCE_TIME_LIMIT: 'ended',
  TIME_LIMIT_ERROR: 'ended',
  'conference.max_users': 'full',
  'conference.connectionError.notAllowed': 'refused',
  'conference.connectionError.accessDenied': 'refused',
  'conference.reservationError': 'refused',
};

// A token that has ended is refused so; a new one may be taken.
const TOKEN_REFUSED = 'connection.passwordRequired';

// What the server's page calls us until the server has given us a name.
const UNNAMED = 'local';

// Narrow, and touched by fingers.
const PHONE = '(max-width: 40rem) and (pointer: coarse)';

// back: how somebody who was in left their microphone and camera ({ audio, video }: muted?), and whether the token is a new one (again).
export function open(element, data, back) {
  const tell = (name, detail = {}) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const address = addressOf(back ? { ...data, config: { ...data.config, ...asBefore(back, data.config) } } : data);
  const others = new Set();
  const frame = frameFor(address);
  const silence = setTimeout(() => tell('meeting-error', { name: 'no-answer', isFatal: true }), PATIENCE);
  const act = actor(data.acts ?? {}, (name, ...values) => say({ method: 'message', params: { type: 'event', data: { name, data: values } } }));

  function say(message) {
    frame.contentWindow.postMessage(JSON.stringify({ postis: true, scope: SCOPE, ...message }), address.origin);
  }

  function hear(event) {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return;
    const said = read(event.data);
    if (!said) return;
    clearTimeout(silence);
    if (said.method === '__ready__') {
      // Sent back, it lets the other side speak.
      frame.contentWindow.postMessage(JSON.stringify(said), address.origin);
    } else if (said.method === 'message' && said.params?.type === 'event' && said.params.data) {
      tellOf(said.params.data, tell, others, back);
      act(said.params.data);
    }
  }

  window.addEventListener('message', hear);
  element.append(frame);

  return {
    // For a tab of its own, where the frame is kept from loading. Nobody would encrypt there, or know the password.
    address: data.acts?.encrypt || data.acts?.password ? undefined : addressOf(data, []).href,
    close() {
      clearTimeout(silence);
      window.removeEventListener('message', hear);
      frame.remove();
    },
  };
}

// Nobody has left for good who left a conference: so begins every move between breakout rooms.
function tellOf(event, tell, others, back) {
  switch (event.name) {
    // The server tells it again after every reconnect and every move between breakout rooms.
    case 'video-conference-joined':
      others.clear();
      tell('meeting-joined', { id: event.id, breakoutRoom: Boolean(event.breakoutRoom) });
      tell('meeting-others', { count: 0 });
      break;
    case 'participant-joined':
      others.add(event.id);
      tell('meeting-others', { count: others.size });
      break;
    case 'participant-left':
      others.delete(event.id);
      tell('meeting-others', { count: others.size });
      break;
    case 'audio-mute-status-changed':
      tell('meeting-muted', { audio: Boolean(event.muted) });
      break;
    case 'video-mute-status-changed':
      tell('meeting-muted', { video: Boolean(event.muted) });
      break;
    // The frame closes long after that: its own dialog waits for a press.
    case 'participant-kicked-out':
      if (event.kicked?.local) tell('meeting-removed');
      break;
    case 'video-ready-to-close':
      tell('meeting-closed');
      break;
    case 'error-occurred':
      tellError(event.error ?? event, tell, back);
      break;
  }
}

function tellError(error, tell, back) {
  const end = LAST_WORDS[error.name] ?? (error.name === TOKEN_REFUSED && back?.again ? 'refused' : null);
  if (end) tell(`meeting-${end}`);
  else if (!ITS_OWN.includes(error.name))
    tell('meeting-error', { name: error.name, type: error.type, isFatal: Boolean(error.isFatal) || error.name === TOKEN_REFUSED });
}

// Who was in does not stand before the first page again, and speaks to nobody who had muted themselves.
function asBefore(back, given) {
  const config = { prejoinConfig: { ...given?.prejoinConfig, enabled: false } };
  if (back.audio !== undefined) config.startWithAudioMuted = back.audio;
  if (back.video !== undefined) config.startWithVideoMuted = back.video;
  return config;
}

// What no setting of the room does: commands, some of which the server takes from moderators alone. The password is said to the frame
// and stands in no address.
function actor(acts, command) {
  const moderators = new Set();
  let me = null;
  let led = false;
  let recorded = false;
  let answered = false;

  function lead() {
    // Once: what the moderator changes by hand later on stays so.
    if (led || !acts.leads || me === null || !(moderators.has(me) || moderators.has(UNNAMED))) return;
    led = true;
    if (acts.password) command('password', acts.password);
    if (acts.lobby) command('toggle-lobby', true);
    if (acts.record && !recorded) command('start-recording', { mode: 'file', shouldShare: false, transcription: Boolean(acts.transcribe) });
  }

  return event => {
    switch (event.name) {
      case 'password-required':
        // Once for each joining: where the room has another password, the server would ask for ever.
        if (acts.password && !answered) command('password', acts.password);
        answered = true;
        break;
      case 'recording-status-changed':
        recorded = recorded || Boolean(event.on);
        break;
      case 'video-conference-joined':
        answered = false;
        // Every room, breakout rooms too, is a conference of its own that begins without encryption.
        if (acts.encrypt) command('toggle-e2ee', true);
        if (event.breakoutRoom) break;
        me = event.id;
        lead();
        break;
      case 'participant-role-changed':
        // It may be known before we are in.
        if (event.role === 'moderator') moderators.add(event.id);
        else moderators.delete(event.id);
        lead();
        break;
    }
  };
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
function addressOf(data, parts = ['jitsi_meet_external_api_id=0']) {
  const address = new URL(`https://${data.domain}/${data.roomName}`);
  if (data.jwt) address.searchParams.set('jwt', data.jwt);
  if (data.lang) address.searchParams.set('lang', data.lang);
  if (data.jwt) parts.push(part('jwt', data.jwt));
  const config = { ...data.config, ...(window.matchMedia?.(PHONE).matches ? data.phoneConfig : null) };
  for (const [prefix, values] of [['config', config], ['userInfo', data.userInfo]])
    for (const [name, value] of Object.entries(values ?? {})) parts.push(part(`${prefix}.${name}`, value));
  address.hash = parts.join('&');
  return address;
}

function part(name, value) {
  return `${name}=${encodeURIComponent(JSON.stringify(value))}`;
}
