/**
 * The HTTP and WebSocket carrier of the contract.
 *
 * Loopback only unless asked otherwise, one token, every request checked for place, key, size and shape before the service sees it.
 * Whatever arrives, the answer is JSON with a code and a sentence; no input ends the server.
 */
import type { IncomingMessage } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type ApiError, methods, type Outcome } from '../../shared/contract.ts';
import { answerOf, errorAnswer } from './http/answers.ts';
import { checkPlace, checkToken, cookieName, type Refusal } from './http/guard.ts';
import { openapi } from './http/openapi.ts';
import { leaderOf, readQuery, type Route, routes } from './http/routes.ts';
import { BYTES_POLICY, readStatic, SECURITY_HEADERS } from './http/statics.ts';
import { createStreamHost } from './http/stream.ts';
import { sameToken } from './http/token.ts';
import type { Service } from './service.ts';

export const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const COOKIE_SECONDS = 30 * 24 * 3600;

export interface HttpOptions {
  /** '127.0.0.1' unless the owner decided otherwise. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly token: string;
  readonly version: string;
  /** Folder of the built renderer, or null when there is none. */
  readonly rendererDir: string | null;
}

export interface HttpHost {
  readonly port: number;
  /** Without the token. */
  readonly url: string;
  /** To be opened in a browser; carries the token. */
  readonly ownerUrl: string;
  close(): Promise<void>;
}

const loopback = (host: string): boolean => host === '127.0.0.1' || host === '::1' || host === 'localhost';
const problem = (code: string, message: string): ApiError => ({ code, message });

async function send(reply: FastifyReply, status: number, body: unknown): Promise<FastifyReply> {
  return reply.code(status).header('cache-control', 'no-store').type('application/json; charset=utf-8').send(JSON.stringify(body));
}

/** What a request asks for; null when that is no address at all (`//`). Whoever reaches the port can send one. */
const addressOf = (request: { readonly url?: string | undefined }): URL | null => URL.parse(request.url ?? '/', 'http://local');

/** Gives a browser that opens the printed address its cookie and takes the token out of the address bar. */
function signIn(request: FastifyRequest, reply: FastifyReply, token: string, port: number): FastifyReply | null {
  const url = addressOf(request);
  const given = url?.searchParams.get('token') ?? null;
  if (
    url === null ||
    given === null ||
    request.method !== 'GET' ||
    request.routeOptions.url !== undefined ||
    url.pathname.startsWith('/v1/')
  )
    return null;
  if (!sameToken(given, token)) {
    return reply
      .code(401)
      .send(problem('UNAUTHORIZED', 'This address carries an old or wrong key. Open the one printed when this desktop started.'));
  }
  url.searchParams.delete('token');
  return reply
    .code(303)
    .header('set-cookie', `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`)
    .header('cache-control', 'no-store')
    .header('location', `/${url.pathname.replace(/^\/+/, '')}${url.search}`)
    .send();
}

/** What went wrong before a handler ran, in our words. */
function carrierError(error: { readonly code?: string; readonly statusCode?: number }): { status: number; error: ApiError } {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { status: 413, error: problem('TOO_LARGE', `A request may have at most ${BODY_LIMIT_BYTES / 1024} KiB.`) };
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return { status: 415, error: problem('UNSUPPORTED_MEDIA_TYPE', 'Send JSON with content-type application/json.') };
  const status = error.statusCode ?? 500;
  if (status < 500) return { status, error: problem('BAD_REQUEST', 'This request could not be read.') };
  return { status: 500, error: problem('INTERNAL', 'Something went wrong inside this desktop. Its log says what.') };
}

function asObject(value: unknown): Record<string, unknown> | null {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : null;
}

async function runRoute(service: Service, route: Route, request: FastifyRequest): Promise<{ status: number; body: unknown }> {
  const body = route.verb === 'GET' ? {} : asObject(request.body);
  if (body === null) return errorAnswer(problem('BAD_REQUEST', 'The body must be a JSON object.'));
  const query = readQuery(route.query ?? {}, asObject(request.query) ?? {});
  if (!query.ok) return errorAnswer(problem('BAD_REQUEST', `The parameter '${query.name}' is not known here or has a wrong value.`));
  return answerOf(await service.call(route.method, { ...route.defaults, ...body, ...query.params, ...asObject(request.params) }));
}

function addRoutes(app: FastifyInstance, service: Service, version: string): void {
  for (const route of routes) {
    app.route({
      method: route.verb,
      url: route.path,
      handler: async (request, reply) => {
        const answer = await runRoute(service, route, request);
        return send(reply, answer.status, answer.body);
      },
    });
  }
  app.get('/v1/leader', async (_request, reply) => {
    const status = await service.call('status', {});
    return status.ok ? send(reply, 200, leaderOf(status.value)) : send(reply, 409, status.error);
  });
  const document = JSON.stringify(openapi(version));
  app.get('/v1/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(document));
  app.get('/v1/items/:itemId/picture', async (request, reply) => {
    const found = await service.callUnknown('picture', asObject(request.params));
    const picture = found.ok ? methods.picture.result.parse(found.value).value : null;
    if (!found.ok) return send(reply, answerOf(found).status, found.error);
    if (picture === null) return send(reply, 404, problem('NOT_FOUND', 'This item has no picture.'));
    return reply
      .headers({ 'cache-control': 'no-store', 'content-security-policy': BYTES_POLICY })
      .type(picture.mime)
      .send(Buffer.from(picture.base64, 'base64'));
  });
  app.post('/v1/call', async (request, reply) => {
    const body = asObject(request.body);
    if (body === null || typeof body['method'] !== 'string') {
      return send(reply, 400, { ok: false, error: problem('BAD_REQUEST', 'Expected {"method": …, "params": …}.') });
    }
    const outcome: Outcome<unknown> = await service.callUnknown(body['method'], body['params'] ?? {});
    return send(reply, 200, outcome);
  });
}

/** Verbs a path knows, for 405. */
function verbsOf(path: string): string[] {
  const known = [
    ...routes,
    { verb: 'GET', path: '/v1/leader' },
    { verb: 'GET', path: '/v1/items/:itemId/picture' },
    { verb: 'GET', path: '/v1/openapi.json' },
    { verb: 'GET', path: '/v1/stream' },
    { verb: 'POST', path: '/v1/call' },
  ];
  const fits = known.filter((route) => new RegExp(`^${route.path.replace(/:[A-Za-z]+/g, '[^/]+')}$`).test(path));
  return [...new Set(fits.map((route) => route.verb))];
}

async function notRouted(request: FastifyRequest, reply: FastifyReply, rendererDir: string | null): Promise<FastifyReply> {
  const path = addressOf(request)?.pathname ?? '';
  if (path.startsWith('/v1/')) {
    const verbs = verbsOf(path);
    if (verbs.length === 0) return send(reply, 404, problem('UNKNOWN_METHOD', 'There is nothing at this address.'));
    reply.header('allow', verbs.join(', '));
    return send(reply, 405, problem('METHOD_NOT_ALLOWED', `This address takes ${verbs.join(' or ')}.`));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(reply, 405, problem('METHOD_NOT_ALLOWED', 'This address takes GET.'));
  const file = rendererDir === null || path === '' ? null : await readStatic(rendererDir, path);
  if (file === null) return send(reply, 404, problem('NOT_FOUND', 'There is no such page here.'));
  return reply
    .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-store')
    .type(file.type)
    .send(file.body);
}

/** Starts serving. PORT_BUSY when the port is taken, NO_INTERFACE when the address is not ours. */
export async function startHttp(service: Service, options: HttpOptions): Promise<Outcome<HttpHost>> {
  const open = !loopback(options.host);
  let port = options.port;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    // What no route ever sees (an address that cannot be decoded) is answered in our words too.
    frameworkErrors: (error, _request, reply) => {
      const answer = carrierError(error);
      void send(reply, answer.status, answer.error);
    },
  });

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString()));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }), undefined);
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.header(name, value);
    const place = checkPlace(request.headers, port, open);
    if (place !== null) return send(reply, place.status, place.error);
    const redirected = signIn(request, reply, options.token, port);
    if (redirected !== null) return redirected;
    // By the route that will run, not by how its address is spelled: the router decodes what the text does not show.
    const isApi = request.routeOptions.url !== undefined || request.url.startsWith('/v1/');
    const key = isApi ? checkToken(request.headers, port, options.token) : null;
    return key === null ? undefined : send(reply, key.status, key.error);
  });
  app.setErrorHandler((error: { code?: string; statusCode?: number }, _request, reply) => {
    const answer = carrierError(error);
    return send(reply, answer.status, answer.error);
  });
  app.setNotFoundHandler((request, reply) => notRouted(request, reply, options.rendererDir));
  addRoutes(app, service, options.version);

  const checkStream = (request: IncomingMessage): Refusal | null => {
    const place = checkPlace(request.headers, port, open);
    if (place !== null) return place;
    if (addressOf(request)?.pathname !== '/v1/stream')
      return { status: 404, error: problem('UNKNOWN_METHOD', 'There is nothing at this address.') };
    return checkToken(request.headers, port, options.token);
  };
  const stream = createStreamHost((sink) => service.subscribe(sink), checkStream);
  app.server.on('upgrade', (request, socket, head) => stream.upgrade(request, socket, head));

  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    stream.close();
    await app.close();
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    return busy
      ? { ok: false, error: { code: 'PORT_BUSY', message: `Port ${options.port} is used by another program (or by a second copy).` } }
      : { ok: false, error: { code: 'NO_INTERFACE', message: `Cannot listen at ${options.host}:${options.port}.` } };
  }
  const address = app.server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
  const shown = open ? options.host.replace(/^0\.0\.0\.0$|^::$/, '127.0.0.1') : options.host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  return {
    ok: true,
    value: {
      port,
      url,
      ownerUrl: `${url}/?token=${options.token}`,
      close: async () => {
        stream.close();
        await app.close();
      },
    },
  };
}
