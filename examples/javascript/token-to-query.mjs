// From a token to a query with fetch.
const { HEADGATE_URL: url, HEADGATE_USERNAME: USERNAME, HEADGATE_PASSWORD: PASSWORD } = process.env;
const headers = {};

/** Text goes as it is, anything else as JSON. */
async function call(method, path, body) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(url + path, { method, headers, body: text });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

/** Waits until a resource has a state. */
async function untilState(path, key, state) {
  for (let i = 0; i < 300; i++) {
    if ((await call('GET', path))[key] === state) return;
    await pause();
  }
  throw new Error(`${path} did not become ${state}`);
}

/** Deletes, as soon as it is allowed, and waits until the resource is gone. */
async function remove(path) {
  for (let i = 0; i < 300; i++) {
    if ((await fetch(url + path, { method: 'DELETE', headers })).status === 404) return;
    await pause();
  }
  throw new Error(`${path} did not go`);
}

const tokens = await call('POST', '/', { USERNAME, PASSWORD });
headers.authorization = `Bearer ${tokens.AuthenticationResult.IdToken}`;

const { id: database } = await call('POST', '/v2/databases', { name: `javascript-${Date.now()}` });
await untilState(`/v2/databases/${database}`, 'database_status', 'RUNNING');

await call('POST', `/v2/tables/${database}`, {
  name: 'rooms',
  options: { keys: true, trackExistence: true },
  columns: [
    { name: 'temperature', type: 'decimal(1)' },
    { name: 'tags', type: 'stringset' },
  ],
});

const { id: sink } = await call('POST', '/v2/sinks', {
  name: 'rooms',
  sink_details: { database_id: database, table: 'rooms' },
  schema: {
    id_field: '_id',
    allow_missing_fields: true,
    definition: [
      { name: '_id', path: ['room'] },
      { name: 'temperature', path: ['temperature'] },
      { name: 'tags', path: ['tags'] },
    ],
  },
});
await untilState(`/v2/sinks/${sink}`, 'status', 'ACTIVE');

const records = [
  { room: 'kitchen', temperature: 21.5, tags: ['warm', 'indoor'] },
  { room: 'cellar', temperature: '12.3', tags: ['cold'] },
  { room: 'attic', temperature: 'hot' },
];
// ack=visible: the answer comes when queries see the records.
const sent = await call('POST', `/v2/sinks/${sink}?ack=visible`, { records: records.map((value) => ({ value })) });
const refused = sent.records.filter(({ status }) => status === 'error').map(({ pointer }) => pointer);
console.log(`sent: ${sent.success_count} taken, ${sent.error_count} refused at ${refused.join(', ')}`);

// SQL goes as text. A statement that fails is a 200 with error.
const statement = 'select _id, temperature, tags from rooms order by _id';
const answer = await call('POST', `/v2/databases/${database}/query/sql`, statement);
if (answer.error !== undefined) throw new Error(answer.error);
console.log(`rows: ${JSON.stringify(answer.data)}`);

await remove(`/v2/sinks/${sink}`);
await remove(`/v2/tables/${database}/rooms`);
await remove(`/v2/databases/${database}`);
console.log('deleted');
