// Shows a room that is none, and says so. Nothing is loaded from anywhere, and nobody sees or hears anyone.
// What happens is told as events of the element, as a real room does: meeting-joined, meeting-closed.

export function open(element, data) {
  const tell = (name, detail = {}) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const room = make('section');
  // The room's place in the page does not grow with it.
  Object.assign(room.style, { blockSize: '100%', boxSizing: 'border-box', overflow: 'auto', padding: '1.5rem' });
  const notice = make('p', data.notice);
  notice.className = 'notice warn';
  const people = make('ul');
  for (const person of data.people) people.append(itemOf(person));
  const leave = make('button', data.leave);
  leave.type = 'button';
  leave.addEventListener('click', () => { room.remove(); tell('meeting-closed'); });
  room.append(make('h2', data.heading), notice, make('h3', data.peopleHeading), people, leave);
  element.append(room);
  tell('meeting-joined');
  tell('meeting-others', { count: data.people.length - 1 });

  return {
    close() {
      room.remove();
    },
  };
}

// Each in an element of its own: names may be written in either direction.
function itemOf(person) {
  const item = make('li');
  const parts = [person.name, person.role, person.you].filter(Boolean);
  parts.forEach((part, at) => item.append(at ? ' · ' : '', make('bdi', part)));
  return item;
}

// As text, never as markup: names come from people.
function make(name, text = '') {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
