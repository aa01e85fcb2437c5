// What a web page can try against a service on 127.0.0.1. Each try answers with what it got, and '' for nothing.
const { base, paths, picture, script, token, capture, forms } = JSON.parse(
  new URLSearchParams(location.search).get('plan'),
);
const PATIENCE = 5000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, ''));

/** Settles with `found` on this event, with '' on an error and when nothing comes. */
function event(target, name, found = '') {
  const heard = new Promise((resolve) => {
    target.addEventListener(name, () => resolve(found));
    target.addEventListener('error', () => resolve(''));
  });
  return Promise.race([heard, pause(PATIENCE)]);
}

async function read(path, options) {
  try {
    const reply = await fetch(base + path, options);
    return reply.type === 'opaque' ? '' : `${reply.status} ${await reply.text()}`;
  } catch (error) {
    return error instanceof TypeError ? '' : String(error);
  }
}

function element(name, attributes, found) {
  const made = Object.assign(document.createElement(name), attributes);
  const heard = event(made, 'load', found);
  document.body.append(made);
  return heard;
}

/** What every page may send without asking first. */
function post(path, type) {
  const headers = { 'Content-Type': type };
  return read(path, { method: 'POST', mode: 'no-cors', credentials: 'include', headers, body: capture });
}

let count = 0;

/** A form as any page can send it, into a frame that is not shown. */
function submit([path, enctype, fields]) {
  const name = `form-${(count += 1)}`;
  const heard = element('iframe', { name, hidden: true });
  const form = Object.assign(document.createElement('form'), { method: 'post', action: base + path, enctype });
  form.target = name;
  for (const [key, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: key, value }));
  }
  document.body.append(form);
  form.submit();
  return heard;
}

const credentials = 'include';
const READS = {
  ...Object.fromEntries(paths.map((path) => [`fetch ${path}`, () => read(path)])),
  ...Object.fromEntries(paths.map((path) => [`fetch ${path} with cookies`, () => read(path, { credentials })])),
  'fetch with a stolen token': () => read('/api/items', { headers: { Authorization: `Bearer ${token}` } }),
  image: () => element('img', { src: base + picture }, 'a picture'),
  script: () => element('script', { src: base + script }, 'a script'),
  socket: () => event(new WebSocket(base.replace('http', 'ws')), 'open', 'a socket'),
  events: () => event(new EventSource(base + paths[0], { withCredentials: true }), 'open', 'events'),
};
const ACTS = {
  opaque: () => Promise.all(paths.map((path) => read(path, { mode: 'no-cors', credentials }))),
  text: () => post('/api/captures', 'text/plain'),
  form: () => post('/api/captures', 'application/x-www-form-urlencoded'),
  parts: () => post('/api/captures', 'multipart/form-data; boundary=x'),
  json: () => read('/api/captures', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: capture }),
  beacon: async () => navigator.sendBeacon(`${base}/api/captures`, new Blob([capture], { type: 'text/plain' })),
  pairing: () => post('/api/pairing', 'text/plain'),
  forms: () => Promise.all(forms.map(submit)),
};

let opened = null;
document.querySelector('#open').addEventListener('click', () => {
  opened = window.open(`${base}/?window`);
});

/** Whether this page can reach the window that it has opened. */
window.hasHold = () => !opened.closed;

window.attack = async () => {
  const acts = Object.values(ACTS).map((act) => act());
  const reads = Object.entries(READS).map(async ([name, attempt]) => [name, await attempt()]);
  await Promise.all(acts);
  return Object.fromEntries(await Promise.all(reads));
};
