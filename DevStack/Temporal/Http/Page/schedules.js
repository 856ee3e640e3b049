// Schedules: what they start and when, and buttons to trigger, pause and resume them.
import { part, post, read } from './api.js';
import { badge, el, empty, time } from './dom.js';
import { runLink } from './runs.js';

export const title = () => 'Schedules';

export async function load() {
  const found = await read('schedules?maximumPageSize=1000');
  return { schedules: found.schedules ?? [] };
}

export function render({ schedules }, { act }) {
  return [
    el('h1', {}, 'Schedules'),
    schedules.length
      ? schedules.map(schedule => card(schedule, act))
      : empty(el('p', {}, 'There are no schedules.'), el('p', {}, 'Create one with the client of a Temporal SDK.')),
  ];
}

function card(schedule, act) {
  const { scheduleId, info } = schedule;
  const patch = change => act(() => post(`schedules/${part(scheduleId)}/patch`, { patch: change }));
  const runs = (info.recentActions ?? []).filter(action => action.startWorkflowResult).reverse();
  const next = (info.futureActionTimes ?? []).slice(0, 3);
  return el('div', { className: 'card' },
    el('div', { className: 'bar spread' },
      el('div', {}, el('h3', {}, scheduleId), badge(info.paused ? 'Paused' : 'Active', info.paused ? 'odd' : 'good')),
      el('div', { className: 'bar' },
        el('button', { key: `trigger-${scheduleId}`, 'aria-label': `Trigger ${scheduleId} now`, onclick: patch({ triggerImmediately: {} }) }, 'Trigger now'),
        info.paused
          ? el('button', { key: `pause-${scheduleId}`, 'aria-label': `Resume ${scheduleId}`, onclick: patch({ unpause: 'From the web page' }) }, 'Resume')
          : el('button', { key: `pause-${scheduleId}`, 'aria-label': `Pause ${scheduleId}`, onclick: patch({ pause: 'From the web page' }) }, 'Pause'))),
    el('dl', {},
      row('Starts', info.workflowType?.name),
      row('When', specOf(info.spec ?? {})),
      row('Next', info.paused ? '' : next.map(each => el('div', {}, time(each)))),
      row('Note', info.notes),
      row('Last runs', runs.length > 0 && runs.map(action => el('div', {},
        el('a', { href: runLink(action.startWorkflowResult) }, action.startWorkflowResult.workflowId),
        el('span', { className: 'dim' }, ` ${time(action.actualTime)}`))))));
}

const row = (name, value) => value && value.length !== 0 ? [el('dt', {}, name), el('dd', {}, value)] : [];

function specOf(spec) {
  const intervals = (spec.interval ?? []).map(each => `every ${length(each.interval)}`);
  const calendars = (spec.structuredCalendar ?? []).map(each => each.comment || `at ${['hour', 'minute', 'second'].map(unit => ranges(each[unit])).join(':')}${days(each)}`);
  return [...intervals, ...calendars, ...(spec.cronString ?? [])].join(', ') + (spec.timezoneName ? ` (${spec.timezoneName})` : '');
}

// "5400s" -> "1 h 30 min"
function length(text) {
  const seconds = parseFloat(text);
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']].map(([unit, name], i, units) => [Math.floor((i ? seconds % units[i - 1][0] : seconds) / unit), name]);
  return parts.filter(([count]) => count).map(([count, name]) => `${count} ${name}`).join(' ') || text;
}

const ranges = list => (list ?? []).map(range => {
  const start = String(range.start ?? 0).padStart(2, '0');
  return (range.end ?? 0) > (range.start ?? 0) ? `${start}-${String(range.end).padStart(2, '0')}` : start;
}).join(',') || '00';

function days(calendar) {
  const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  const week = calendar.dayOfWeek ?? [];
  const isEvery = week.length === 0 || week.some(range => (range.start ?? 0) === 0 && range.end >= 6);
  return isEvery ? '' : ` on ${week.map(range => names[range.start ?? 0] + ((range.end ?? 0) > (range.start ?? 0) ? `-${names[range.end]}` : '')).join(', ')}`;
}
