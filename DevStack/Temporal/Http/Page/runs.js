// The list of runs.
import { part, post, quoted, read } from './api.js';
import { ask, badge, bytesOf, el, empty, plainText, statusOf, time, took } from './dom.js';

const statuses = ['Running', 'Completed', 'Failed', 'Canceled', 'Terminated', 'TimedOut', 'ContinuedAsNew'];
const pageSize = 100;

export const title = () => 'Workflows';

export async function load({ parameters }) {
  const status = parameters.get('status') ?? '';
  const text = parameters.get('search') ?? '';
  const limit = Number(parameters.get('limit')) || pageSize;
  const searched = conditionOf(text);
  const query = [status && `ExecutionStatus = ${quoted(status)}`, searched].filter(Boolean).join(' AND ');
  const [found, counted] = await Promise.all([
    read(`workflows?pageSize=${limit}&query=${part(query)}`),
    read(`workflow-count?query=${part(`${searched} GROUP BY ExecutionStatus`)}`),
  ]);
  const counts = Object.fromEntries((counted.groups ?? []).map(group => [plainText(group.groupValues[0]), group.count]));
  return { status, text, limit, counts, total: counted.count ?? '0', runs: found.executions ?? [], more: Boolean(found.nextPageToken) };
}

// Text with an operator is a list query; other text is a prefix of ids or types.
function conditionOf(text) {
  if (!text.trim()) return '';
  return /[=<>]|\b(IN|IS|BETWEEN|STARTS_WITH)\b/.test(text)
    ? `(${text})`
    : `(WorkflowId STARTS_WITH ${quoted(text.trim())} OR WorkflowType STARTS_WITH ${quoted(text.trim())})`;
}

export function render(data, { go, act }) {
  const filter = changes => {
    const next = { status: data.status, search: data.text, ...changes };
    go(`/?${new URLSearchParams(Object.entries(next).filter(([, value]) => value))}`);
  };
  const chip = (value, label, count) => el('button', {
    className: 'chip', key: `chip-${value}`, 'aria-pressed': String(data.status === value), onclick: () => filter({ status: value }),
  }, `${label} ${count ?? 0}`);
  const search = el('input', {
    type: 'search', className: 'grow', key: 'search', name: 'search', value: data.text, 'aria-label': 'Search',
    placeholder: "Id or type, or a query: WorkflowType = 'X'", autocomplete: 'off', spellcheck: false,
  });
  return [
    el('div', { className: 'bar spread' },
      el('h1', {}, 'Workflows'),
      el('button', { className: 'primary', key: 'start', onclick: act(() => start(go, data.runs[0])) }, 'Start a workflow')),
    el('div', { className: 'bar', role: 'group', 'aria-label': 'Status' },
      chip('', 'All', data.total),
      statuses.filter(status => data.counts[status] || status === data.status || status === 'Running').map(status => chip(status, labelOf(status), data.counts[status]))),
    el('form', { className: 'bar', onsubmit: e => { e.preventDefault(); filter({ search: search.value }); } },
      search, el('button', { key: 'search-button' }, 'Search')),
    data.runs.length ? table(data.runs) : noRuns(data),
    data.more && el('div', { className: 'bar' }, el('button', { key: 'more', onclick: () => filter({ limit: Math.min(data.limit + pageSize, 1000) }) }, 'More')),
  ];
}

const labelOf = status => ({ TimedOut: 'Timed out', ContinuedAsNew: 'Continued as new' })[status] ?? status;

const noRuns = data => data.text || data.status
  ? empty(el('p', {}, 'No workflow matches.'), el('a', { href: '#/' }, 'Show all'))
  : empty(el('p', {}, 'No workflow has run here yet.'), el('p', {}, 'Start one above, or from your own program.'));

function table(runs) {
  return el('table', { className: 'stack' },
    el('thead', {}, el('tr', {}, ['Workflow', 'Status', 'Type', 'Started', 'Took'].map(heading => el('th', { scope: 'col' }, heading)))),
    el('tbody', {}, runs.map(run => el('tr', {},
      el('td', {}, el('a', { href: runLink(run.execution), key: `run-${run.execution.runId}` }, run.execution.workflowId)),
      el('td', {}, badge(statusOf(run.status))),
      el('td', { className: 'whole' }, run.type.name),
      el('td', { className: 'dim' }, time(run.startTime)),
      el('td', { className: 'nowrap dim' }, took(run.startTime, run.closeTime))))));
}

export const runLink = execution => `#/run/${part(execution.workflowId)}/${part(execution.runId)}`;

/** Asks what to start, with the values of an earlier run as defaults. */
export async function start(go, like, input = '{}') {
  const answers = await ask('Start a workflow', 'Start', [
    ['id', 'Workflow id', like?.execution.workflowId ?? ''],
    ['type', 'Type', like?.type.name ?? ''],
    ['queue', 'Task queue', like?.taskQueue ?? ''],
    ['input', 'Input, as JSON; empty for none', input, 'textarea'],
  ]);
  if (!answers) return;
  for (const [name, label] of [['id', 'A workflow id'], ['type', 'A type'], ['queue', 'A task queue']]) {
    if (!answers[name].trim()) throw new Error(`${label} is required.`);
  }
  let payloads = [];
  if (answers.input.trim()) {
    try {
      JSON.parse(answers.input);
    } catch (e) {
      throw new Error(`The input is not valid JSON: ${e.message}`);
    }
    payloads = [{ metadata: { encoding: bytesOf('json/plain') }, data: bytesOf(answers.input) }];
  }
  const started = await post(`workflows/${part(answers.id.trim())}`, {
    workflowType: { name: answers.type.trim() }, taskQueue: { name: answers.queue.trim() }, input: { payloads },
  });
  go(runLink({ workflowId: answers.id.trim(), runId: started.runId }).slice(1));
}
