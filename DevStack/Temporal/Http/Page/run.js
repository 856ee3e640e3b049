// One run: its facts, steps, pending activities, input, result and events.
import { part, post, read } from './api.js';
import { ask, badge, el, empty, failureText, payloadText, payloadsText, plainText, statusOf, time, took, words } from './dom.js';
import { runLink, start } from './runs.js';
import { stepsOf, timeline } from './timeline.js';

const maximumEvents = 5000;

export const title = ({ path }) => decodeURIComponent(path[1] ?? '');

export async function load({ path }) {
  const [id, runId] = path.slice(1).map(decodeURIComponent);
  const [description, history] = await Promise.all([
    read(`workflows/${part(id)}?execution.runId=${part(runId)}`),
    readHistory(id, runId),
  ]);
  return { id, runId, description, ...history };
}

async function readHistory(id, runId) {
  const events = [];
  let token = '';
  do {
    const page = await read(`workflows/${part(id)}/history?execution.runId=${part(runId)}&maximumPageSize=1000&nextPageToken=${part(token)}`);
    events.push(...(page.history?.events ?? []));
    token = page.nextPageToken ?? '';
  } while (token && events.length < maximumEvents);
  return { events, isCut: Boolean(token) };
}

export function render(data, { go, act }) {
  const { id, runId, description, events } = data;
  const info = description.workflowExecutionInfo;
  const status = statusOf(info.status);
  const isOpen = status === 'Running';
  const pending = description.pendingActivities ?? [];
  const first = events[0]?.workflowExecutionStartedEventAttributes ?? {};
  const last = events.at(-1) ?? {};
  const target = { workflowExecution: { workflowId: id, runId } };
  const input = payloadsText(first.input);
  const from = new Date(info.startTime).getTime();
  const to = info.closeTime ? new Date(info.closeTime).getTime() : Date.now();
  const steps = stepsOf(events, pending);
  return [
    el('p', {}, el('a', { href: '#/', key: 'back' }, '← Workflows')),
    el('div', { className: 'bar spread' },
      el('div', {}, el('h1', {}, id), badge(status)),
      el('div', { className: 'bar' },
        isOpen && el('button', { key: 'cancel', onclick: act(async () => {
          if (await ask(`Cancel ${id}?`, 'Cancel it', [], { note: 'The workflow receives a cancellation request and can clean up before it ends.' })) await post(`workflows/${part(id)}/cancel`, target);
        }) }, 'Cancel'),
        isOpen && el('button', { key: 'terminate', className: 'danger', onclick: act(async () => {
          const answers = await ask(`Terminate ${id}?`, 'Terminate it', [['reason', 'Reason', '']], { danger: true, note: 'The workflow ends immediately and cannot clean up.' });
          if (answers) await post(`workflows/${part(id)}/terminate`, { ...target, reason: answers.reason });
        }) }, 'Terminate'),
        el('button', { key: 'again', onclick: act(() => start(go, info, input)) }, 'Start a similar one'))),
    el('dl', {},
      facts({
        Type: info.type.name,
        'Task queue': info.taskQueue,
        Started: time(info.startTime),
        Ended: time(info.closeTime),
        Took: took(info.startTime, info.closeTime),
        Run: el('span', { className: 'mono' }, runId),
        Parent: info.parentExecution && el('a', { href: runLink(info.parentExecution) }, info.parentExecution.workflowId),
        Summary: plainText(description.executionConfig?.userMetadata?.summary),
      })),
    outcome(last),
    pending.length > 0 && [el('h2', {}, 'Pending activities'), pending.map(activityCard)],
    el('h2', {}, 'Steps'),
    steps.length ? timeline(steps, from, to) : empty('No step has started.'),
    data.isCut && el('p', { className: 'dim' }, `Only the first ${events.length} events are shown.`),
    el('div', { className: 'halves' },
      el('div', {}, el('h2', {}, 'Input'), input ? el('pre', { tabIndex: 0 }, input) : el('p', { className: 'dim' }, 'None')),
      el('div', {}, el('h2', {}, 'Result'), result(last, isOpen))),
    el('h2', {}, 'Events'),
    el('details', { key: 'events' }, el('summary', { key: 'events-summary' }, `${events.length} events`), eventTable(events)),
  ];
}

const facts = all => Object.entries(all).filter(([, value]) => value).map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]);

function outcome(last) {
  const failed = last.workflowExecutionFailedEventAttributes?.failure;
  const reason = last.workflowExecutionTerminatedEventAttributes?.reason;
  return failed ? el('div', { className: 'card error' }, failureText(failed))
    : reason ? el('div', { className: 'card' }, `Terminated: ${reason}`)
    : null;
}

function result(last, isOpen) {
  const completed = last.workflowExecutionCompletedEventAttributes;
  const text = completed && payloadsText(completed.result);
  return text ? el('pre', { tabIndex: 0 }, text) : el('p', { className: 'dim' }, isOpen ? 'Not yet' : 'None');
}

function activityCard(activity) {
  const state = words(activity.state, 'PENDING_ACTIVITY_STATE_');
  const isFailing = Boolean(activity.lastFailure);
  const stack = activity.lastFailure?.stackTrace;
  return el('div', { className: 'card pending' },
    el('div', { className: 'bar spread' }, el('h3', {}, activity.activityType.name), badge(activity.paused ? 'Paused' : isFailing && state === 'Scheduled' ? 'Waiting to retry' : state, isFailing ? 'bad' : 'running')),
    el('dl', {}, facts({
      Attempt: `${activity.attempt ?? 1}${activity.maximumAttempts ? ` of ${activity.maximumAttempts}` : ''}`,
      'Next attempt': activity.nextAttemptScheduleTime && state === 'Scheduled' ? time(activity.nextAttemptScheduleTime) : '',
      'Last heartbeat': time(activity.lastHeartbeatTime),
      Heartbeat: activity.heartbeatDetails && el('span', { className: 'mono' }, (activity.heartbeatDetails.payloads ?? []).map(payloadText).join(' ')),
      Worker: activity.lastWorkerIdentity,
    })),
    isFailing && el('p', { className: 'error' }, failureText(activity.lastFailure)),
    stack && el('details', { key: `stack-${activity.activityId}` }, el('summary', { key: `stack-summary-${activity.activityId}` }, 'Stack trace'), el('pre', { tabIndex: 0 }, stack)));
}

function eventTable(events) {
  return el('table', {},
    el('thead', {}, el('tr', {}, ['#', 'Event', 'Time'].map(heading => el('th', { scope: 'col' }, heading)))),
    el('tbody', {}, events.map(event => el('tr', {},
      el('td', { className: 'dim' }, event.eventId),
      el('td', {}, words(event.eventType, 'EVENT_TYPE_')),
      el('td', { className: 'dim' }, time(event.eventTime))))));
}
