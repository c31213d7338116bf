// Opens a Jitsi room inside an element of the portal's meeting page, in a frame of the meeting server's. What the two say to each
// other is Jitsi's IFrame API, spoken here: a script of the server's own would run with all that this page may do.
// What happens in the room is told as events of the element: meeting-joined, meeting-others, meeting-muted, meeting-closed,
// meeting-removed, meeting-ended, meeting-full, meeting-refused, meeting-error, meeting-used, meeting-quality, meeting-recording,
// meeting-chat, meeting-end-asked.

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

// How often the frame is asked for the state of its line, which it tells by no event; and its scale of 100.
const LOOK_EVERY = 10_000;
const levelOf = quality => quality > 30 ? 'good' : quality > 10 ? 'fair' : 'poor';

// Narrow, and touched by fingers.
const PHONE = '(max-width: 40rem) and (pointer: coarse)';

// back: how somebody who was in left their microphone and camera ({ audio, video }: muted?), and whether the token is a new one (again).
// devices: the labels of those that somebody has chosen ({ audioInput, audioOutput, videoInput }).
export function open(element, data, back, devices) {
  const tell = (name, detail = {}) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const address = addressOf({ ...data, devices, config: { ...data.config, ...(back ? asBefore(back, data.config) : null) } });
  const others = new Map();
  const frame = frameFor(address);
  const silence = setTimeout(() => tell('meeting-error', { name: 'no-answer', isFatal: true }), PATIENCE);
  const acts = data.acts ?? {};
  const command = (name, ...values) => say({ method: 'message', params: { type: 'event', data: { name, data: values } } });
  const act = actor(acts, command);
  const rooms = breakouts(command, others, () => ask('list-breakout-rooms'));
  let me = null;
  let apart = false;
  let asked = 0;
  const questions = new Map();
  const looking = setInterval(() => {
    if (me !== null) ask('connection-stats');
  }, LOOK_EVERY);

  // The answer comes with the same number.
  function ask(name) {
    say({ method: 'message', params: { type: 'request', id: ++asked, data: { name } } });
    questions.set(asked, name);
  }

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
      if (said.params.data.name === 'video-conference-joined') [me, apart] = [said.params.data.id, Boolean(said.params.data.breakoutRoom)];
      tellOf(said.params.data, tell, others, back);
      tellUse(said.params.data, me, apart, tell);
      act(said.params.data);
      if (said.params.data.name === 'breakout-rooms-updated') rooms.know(said.params.data.rooms);
    } else if (said.method === 'message' && said.params?.type === 'response') {
      const question = questions.get(said.params.id);
      questions.delete(said.params.id);
      if (question === 'list-breakout-rooms') rooms.know(said.params.result);
      const quality = said.params.result?.connectionQuality;
      if (typeof quality === 'number') tell('meeting-quality', { level: levelOf(quality), seconds: LOOK_EVERY / 1000 });
    }
  }

  window.addEventListener('message', hear);
  element.append(frame);

  return {
    // For a tab of its own, where the frame is kept from loading. Nobody would encrypt there, or know the password.
    address: data.acts?.encrypt || data.acts?.password ? undefined : addressOf(data, []).href,
    app: acts.app && !acts.encrypt && !acts.password ? appOf(addressOf(data, [])) : undefined,
    keys: keysOf(data),
    setQuality: height => command('set-video-quality', height),
    // One command under two names: before version 13.2, and since.
    setAudioOnly(on) {
      command('set-audio-only', on);
      command('set-low-bandwidth-mode', on);
    },
    ...(acts.leads ? leading(acts, command, others) : null),
    ...(acts.leads && acts.groups ? { openGroups: rooms.open, closeGroups: rooms.close } : null),
    close() {
      clearInterval(looking);
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
      others.set(event.id, { name: event.displayName, account: event.userContext?.id });
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

// What the server takes from moderators alone.
function leading(acts, command, others) {
  return {
    muteAll: () => command('mute-everyone', 'audio'),
    ...(acts.mayRecord ? {
      record: on => on ? command('start-recording', { mode: 'file', shouldShare: false }) : command('stop-recording', 'file'),
    } : null),
    // Returns whether that was possible.
    remove(person) {
      const gone = idsOf(person, others);
      for (const other of gone) command('kick-participant', other);
      return gone.length > 0;
    },
  };
}

// Few servers tell whose account somebody has, and a name may be two people's.
function idsOf({ id, name }, others) {
  const ids = [...others.keys()];
  const found = ids.filter(other => others.get(other).account === id);
  const named = ids.filter(other => others.get(other).name === name);
  return found.length > 0 ? found : named.length === 1 ? named : [];
}

// Groups of people, each sent into the breakout room of its name; one that is not there yet is made first.
function breakouts(command, others, list) {
  let known = [];
  let waiting = [];

  function know(told) {
    known = Object.values(told ?? {}).filter(room => room?.id && !room.isMainRoom);
    const ready = waiting.filter(group => find(group.name));
    waiting = waiting.filter(group => !ready.includes(group));
    for (const group of ready) send(group);
    for (const group of waiting.filter(g => !g.isMade)) {
      group.isMade = true;
      command('add-breakout-room', group.name);
    }
  }

  const find = name => known.find(room => room.name === name);

  function send({ name, ids }) {
    for (const id of ids) command('send-participant-to-room', id, find(name).id);
  }

  return {
    know,
    // Returns the names of those who are not here or cannot be told apart.
    open(groups) {
      waiting = groups.map(({ name, people }) => ({ name, ids: people.flatMap(person => idsOf(person, others)) }));
      // What rooms there are is told by the server when they change, and to who asks.
      list();
      return groups.flatMap(({ people }) => people.filter(person => idsOf(person, others).length === 0).map(person => person.name));
    },
    close() {
      waiting = [];
      for (const room of known) command('close-breakout-room', room.id);
    },
  };
}

// What the keys do, as far as the room has it: a key whose button is left out does nothing.
const KEYS = [
  ['M', 'microphone', 'microphone'], ['Space', 'talk', 'microphone'], ['V', 'camera', 'camera'], ['D', 'desktop', 'desktop'],
  ['C', 'chat', 'chat'], ['R', 'raisehand', 'raisehand'], ['P', 'participants', 'participants-pane'], ['W', 'tiles', 'tileview'],
  ['S', 'fullscreen', 'fullscreen'], ['?', 'help', 'shortcuts'],
];

function keysOf({ config }) {
  const buttons = config?.toolbarButtons;
  return config?.disableShortcuts ? [] : KEYS.filter(([, , button]) => !buttons || buttons.includes(button)).map(([key, does]) => ({ key, does }));
}

// The app takes any server's address by a scheme of its own; Android asks for it by an intent.
function appOf(address) {
  const rest = `${address.host}${address.pathname}${address.search}`;
  return /Android/.test(navigator.userAgent)
    ? `intent://${rest}#Intent;scheme=org.jitsi.meet;package=org.jitsi.meet;end` : `org.jitsi.meet://${rest}${address.hash}`;
}

// What is used of the room: what is said in it is told to nobody but who keeps it.
function tellUse(event, me, apart, tell) {
  const use = feature => tell('meeting-used', { feature, times: 1 });
  switch (event.name) {
    case 'audio-mute-status-changed':
      if (event.muted) use('mutes');
      break;
    case 'screen-sharing-status-changed':
      if (event.on) use('shares');
      break;
    case 'raise-hand-updated':
      if (event.handRaised && event.id === me) use('hands');
      break;
    case 'outgoing-message':
      use('messages');
      // What is said in a breakout room is not said to everybody.
      if (!event.privateMessage && !apart) tell('meeting-chat', { text: String(event.message), mine: true, name: '' });
      break;
    case 'recording-status-changed':
      if (event.mode === 'file') tell('meeting-recording', { on: Boolean(event.on) });
      break;
    case 'toolbar-button-clicked':
      if (event.key === 'end-meeting') tell('meeting-end-asked');
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
  for (const [prefix, values] of [['config', config], ['userInfo', data.userInfo], ['devices', data.devices]])
    for (const [name, value] of Object.entries(values ?? {})) if (value !== undefined) parts.push(part(`${prefix}.${name}`, value));
  address.hash = parts.join('&');
  return address;
}

function part(name, value) {
  return `${name}=${encodeURIComponent(JSON.stringify(value))}`;
}
