// What a child process of a function runs: loads the handler and calls it for one invocation after another, as the
// Runtime API hands them out. Plain JavaScript, because it runs from a folder of installed Python packages.
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const {
  AWS_LAMBDA_RUNTIME_API: api,
  LAMBDA_TASK_ROOT: root,
  _HANDLER: handlerName,
  HEADGATE_OUTPUT_MARK: mark,
} = process.env;
delete process.env.HEADGATE_OUTPUT_MARK;

const [host, port] = api.split(':');
const agent = new Agent({ keepAlive: true });
const { exit, stdout, stderr } = process;
const writers = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
/** The invocation under way; undefined while the function is initialised. */
let current;

process.on('uncaughtException', (error) => fail(error, 129));
process.on('unhandledRejection', (reason) =>
  fail(named('Runtime.UnhandledPromiseRejection', String(reason), reason), 128),
);

const handler = await loadHandler().catch((error) => fail(error, 1));
for (;;) await serveOne();

async function serveOne() {
  const { status, headers, body } = await call('GET', '/invocation/next');
  if (status !== 200) exit(0);
  current = headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  let answer = 'response';
  let payload;
  try {
    payload = JSON.stringify(await handler(JSON.parse(body), contextOf(headers))) ?? 'null';
  } catch (error) {
    writers[1](`${Date.now()} ERROR Invoke Error ${stackOf(error)}\n`);
    answer = 'error';
    payload = describe(error);
  }
  await markOutput();
  await call('POST', `/invocation/${current}/${answer}`, payload);
  current = undefined;
}

/** `folder/file.function`, or `file.object.function`: the file is what comes before the first dot of the last part. */
async function loadHandler() {
  const folder = dirname(handlerName);
  const [file, ...path] = handlerName.slice(folder === '.' ? 0 : folder.length + 1).split('.');
  const base = join(root, folder, file);
  const found = ['.js', '.mjs', '.cjs', ''].map((extension) => base + extension).find((name) => existsSync(name));
  if (!found) throw named('Runtime.ImportModuleError', `Error: Cannot find module '${base}'`);
  const module = await import(pathToFileURL(found));
  const pick = (from) => path.reduce((value, name) => value?.[name], from);
  const chosen = pick(module) ?? pick(module.default);
  if (typeof chosen !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handlerName} is undefined or not exported`);
  }
  if (chosen.length > 2) {
    throw named('Runtime.CallbackHandlerDeprecated', 'Node.js 24 on Lambda takes no handlers with a callback');
  }
  return chosen;
}

function contextOf(headers) {
  const { env } = process;
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: current,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

/** Reports what ends the process to whoever waits, then ends it. */
async function fail(error, code) {
  writers[1](`${Date.now()} ERROR ${stackOf(error)}\n`);
  await markOutput();
  const path = current === undefined ? '/init/error' : `/invocation/${current}/error`;
  await call('POST', path, describe(error)).catch(() => {});
  exit(code);
}

/** Says on both streams that nothing more comes from this invocation; done when it is behind all that was written. */
function markOutput() {
  const text = `\0${mark}:${current ?? 'init'}\0`;
  return Promise.all(writers.map((write) => new Promise((resolve) => write(text, resolve))));
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const sent = request({ agent, host, port, method, path: `/2018-06-01/runtime${path}`, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function named(name, message, cause) {
  return Object.assign(new Error(message, { cause }), { name });
}

function describe(error) {
  const { name = 'Error', message = String(error), stack = '' } = Object(error);
  return JSON.stringify({ errorType: name, errorMessage: message, trace: stack.split('\n') });
}

function stackOf(error) {
  return error?.stack ?? String(error);
}
