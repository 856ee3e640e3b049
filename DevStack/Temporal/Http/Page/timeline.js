// A run's steps, from its events.
import { duration, el, failureText, plainText, time } from './dom.js';

/** The steps of a run: activities, timers, children and signals, in the order of their start. */
export function stepsOf(events, pending) {
  const steps = new Map();
  const attempts = new Map(pending.map(activity => [activity.activityId, activity]));
  for (const event of events) {
    const at = new Date(event.eventTime).getTime();
    const name = Object.keys(event).find(key => key.endsWith('EventAttributes')) ?? '';
    const attributes = event[name] ?? {};
    const summary = plainText(event.userMetadata?.summary);
    switch (name) {
      case 'activityTaskScheduledEventAttributes':
        steps.set(event.eventId, { name: summary || attributes.activityType.name, kind: attributes.activityType.name, from: at, pending: attempts.get(attributes.activityId) });
        break;
      case 'timerStartedEventAttributes':
        steps.set(event.eventId, { name: summary || `Timer ${attributes.timerId}`, kind: `timer of ${attributes.startToFireTimeout}`, from: at });
        break;
      case 'startChildWorkflowExecutionInitiatedEventAttributes':
        steps.set(event.eventId, { name: summary || attributes.workflowType.name, kind: `child ${attributes.workflowId}`, from: at });
        break;
      case 'workflowExecutionSignaledEventAttributes':
        steps.set(event.eventId, { name: `Signal ${attributes.signalName}`, kind: 'signal', from: at, to: at, tone: 'good' });
        break;
      default: {
        const step = steps.get(attributes.scheduledEventId ?? attributes.initiatedEventId ?? attributes.startedEventId);
        if (!step) break;
        if (attributes.attempt > 1) step.attempt = attributes.attempt;
        if (/(Completed|Fired)EventAttributes$/.test(name)) [step.to, step.tone] = [at, 'good'];
        else if (/CanceledEventAttributes$/.test(name)) [step.to, step.tone] = [at, 'odd'];
        else if (/(Failed|TimedOut|Terminated)EventAttributes$/.test(name)) [step.to, step.tone, step.failure] = [at, 'bad', failureText(attributes.failure) || attributes.cause];
      }
    }
  }
  return [...steps.values()];
}

export function timeline(steps, from, to) {
  const width = Math.max(to - from, 1);
  return el('div', { id: 'timeline' },
    el('div', { className: 'axis', 'aria-hidden': 'true' }, el('div', {}, el('span', {}, '0'), el('span', {}, duration(width)))),
    steps.map(step => row(step, from, to, width)));
}

function row(step, from, to, width) {
  const bar = el('i', { className: step.tone ?? 'running' });
  bar.style.setProperty('left', `${(step.from - from) / width * 100}%`);
  bar.style.setProperty('width', `${((step.to ?? to) - step.from) / width * 100}%`);
  const attempt = step.pending?.attempt > 1 ? step.pending.attempt : step.attempt;
  const state = { good: 'done', bad: 'failed', odd: 'canceled' }[step.tone] ?? 'running';
  return el('div', { className: 'step', title: `${step.kind}, ${state}, started ${time(step.from)}` },
    el('div', { className: 'name' }, step.name, attempt && el('span', { className: 'dim' }, ` · attempt ${attempt}`)),
    el('div', { className: 'lane', role: 'img', 'aria-label': state }, bar),
    el('div', { className: 'took' }, duration((step.to ?? to) - step.from)),
    step.failure && el('div', { className: 'error' }, step.failure));
}
