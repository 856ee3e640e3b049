// Helpers for elements and text. Data of workflows is inserted as text, never as HTML.

/** Creates an element. Names that start with "on" add listeners; null and false children are skipped, lists are flattened. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name.includes('-') || name === 'role' || name === 'for') element.setAttribute(name, value);
    else if (name === 'key') element.dataset.key = value;
    else element[name] = value;
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

export const time = text => text ? new Date(text).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' }) : '';

export function duration(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

export const took = (from, to) => duration((to ? new Date(to) : new Date()) - new Date(from));

/** "WORKFLOW_EXECUTION_STATUS_TIMED_OUT", "WORKFLOW_EXECUTION_STATUS_" -> "Timed out" */
export function words(value, prefix) {
  const text = (value ?? '').replace(prefix, '').toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const tones = { Running: 'running', Completed: 'good', Failed: 'bad', 'Timed out': 'bad', Terminated: 'bad', Canceled: 'odd', 'Continued as new': 'odd' };
export const statusOf = value => words(value, 'WORKFLOW_EXECUTION_STATUS_');
export const badge = (text, tone = tones[text]) => el('span', { className: `badge ${tone ?? ''}` }, text);

export function payloadText(payload) {
  try {
    const bytes = Uint8Array.from(atob(payload.data ?? ''), c => c.charCodeAt(0));
    const encoding = atob(payload.metadata?.encoding ?? '');
    if (encoding === 'binary/null') return 'null';
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return encoding === 'json/plain' ? JSON.stringify(JSON.parse(text), null, 2) : text;
  } catch {
    return '(binary)';
  }
}

export const payloadsText = payloads => (payloads?.payloads ?? []).map(payloadText).join('\n');

/** The text of a payload without JSON quotes, such as a step's summary. */
export function plainText(payload) {
  if (!payload) return '';
  const text = payloadText(payload);
  try {
    const value = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

export function failureText(failure) {
  if (!failure) return '';
  const type = failure.applicationFailureInfo?.type;
  const own = `${type ? `${type}: ` : ''}${failure.message ?? ''}`;
  return failure.cause ? `${own}\ncaused by ${failureText(failure.cause)}` : own;
}

export const empty = (...children) => el('div', { className: 'empty' }, ...children);

export function bytesOf(text) {
  return btoa(Array.from(new TextEncoder().encode(text), b => String.fromCharCode(b)).join(''));
}

export function showProblem(problem) {
  const box = document.getElementById('problem');
  box.replaceChildren(el('span', {}, problem), el('button', { onclick: () => { box.hidden = true; } }, 'Dismiss'));
  box.hidden = false;
}

/** Opens a dialog; fields are [name, label, value, element]. Resolves to the values, or to null if it is dismissed. */
export function ask(title, confirm, fields = [], { danger = false, note = '' } = {}) {
  return new Promise(resolve => {
    const inputs = new Map(fields.map(([name, , value, tag = 'input']) => [name, el(tag, { name, value, autocomplete: 'off', spellcheck: false })]));
    const form = el('form', { method: 'dialog' },
      el('h2', {}, title), note && el('p', {}, note),
      fields.map(([name, label]) => el('label', {}, label, inputs.get(name))),
      el('div', { className: 'bar' },
        el('button', { type: 'button', onclick: () => dialog.close() }, 'Back'),
        el('button', { value: 'yes', className: danger ? 'danger' : 'primary' }, confirm)));
    const dialog = el('dialog', { 'aria-label': title }, form);
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? Object.fromEntries([...inputs].map(([name, input]) => [name, input.value])) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
