// Holds OpenLineage events, one a line, against the schemas; prints each fault, then "done N". Arguments: the events' file, then
// folders and files of schemas. Needs ajv and ajv-formats in the working directory's node_modules.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv/dist/2020');
const addFormats = require('ajv-formats');

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);

const [eventsFile, ...places] = process.argv.slice(2);
const files = places.flatMap(place => fs.statSync(place).isDirectory()
  ? fs.readdirSync(place).filter(name => name.endsWith('.json')).map(name => path.join(place, name))
  : [place]);
const schemas = files.map(file => ({ name: path.basename(file, '.json'), schema: JSON.parse(fs.readFileSync(file)) }));

// Facets refer to the core schema by the version they were written against: all of those are the one that is here.
const core = schemas.find(({ name }) => name === 'OpenLineage').schema;
for (const version of ['1-0-1', '1-0-2', '2-0-2']) {
  ajv.addSchema({ ...core, $id: `https://openlineage.io/spec/${version}/OpenLineage.json` });
}

const additions = schemas.find(({ name }) => name === 'Additions').schema;
ajv.addSchema(additions, 'additions');
const facets = new Map();
for (const { name, schema } of schemas.filter(({ name }) => name.endsWith('Facet'))) {
  ajv.addSchema(schema);
  const parts = [{ $ref: `${schema.$id}#/$defs/${name}` }];
  if (additions.$defs[name]) {
    parts.push({ $ref: `additions#/$defs/${name}` });
  }

  facets.set(name, ajv.compile({ allOf: parts }));
}

const whole = ajv.compile({ $ref: 'https://openlineage.io/spec/2-0-2/OpenLineage.json' });
const known = { run: 'RunFacet', job: 'JobFacet', dataset: 'DatasetFacet', input: 'DatasetFacet', output: 'DatasetFacet' };

function hold(validate, value, where) {
  if (!validate(value)) {
    console.log(`${where}: ${ajv.errorsText(validate.errors)}`);
  }
}

function holdFacets(found, kind, where) {
  for (const [key, facet] of Object.entries(found ?? {})) {
    const name = /\/([A-Za-z]+)\.json(#.*)?$/.exec(facet._schemaURL ?? '')?.[1];
    if (!facets.has(name) || !name.endsWith(known[kind])) {
      console.log(`${where}.${key}: no schema for ${facet._schemaURL}`);
    } else if (key !== key.toLowerCase() && !name.toLowerCase().startsWith(key.toLowerCase())) {
      console.log(`${where}.${key}: is said to be a ${name}`);
    } else {
      hold(facets.get(name), facet, `${where}.${key}`);
    }
  }
}

let count = 0;
for (const line of fs.readFileSync(eventsFile, 'utf8').split('\n').filter(text => text)) {
  const event = JSON.parse(line);
  const where = `${event.eventType} of ${event.job?.name}`;
  hold(whole, event, where);
  holdFacets(event.run?.facets, 'run', where);
  holdFacets(event.job?.facets, 'job', where);
  for (const input of event.inputs ?? []) {
    holdFacets(input.facets, 'dataset', `${where}, input ${input.name}`);
    holdFacets(input.inputFacets, 'input', `${where}, input ${input.name}`);
  }

  for (const output of event.outputs ?? []) {
    holdFacets(output.facets, 'dataset', `${where}, output ${output.name}`);
    holdFacets(output.outputFacets, 'output', `${where}, output ${output.name}`);
  }

  count++;
}

console.log(`done ${count}`);
