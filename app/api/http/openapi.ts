/**
 * `/v1/openapi.json`, made from the contract's own schemas, so that it cannot say anything else than what is checked.
 */
import { z } from 'zod';
import { apiError, methods } from '../../../shared/contract.ts';
import { type Route, routes } from './routes.ts';

type Json = Record<string, unknown>;

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function pathParams(path: string): string[] {
  return [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] ?? '');
}

const json = (schema: Json): Json => ({ 'application/json': { schema } });

/** The body's schema: the method's parameters without those that come from the path. */
function bodyOf(route: Route): Json {
  const schema = schemaOf(methods[route.method].params, 'input');
  const inPath = new Set(pathParams(route.path));
  const properties = Object.entries((schema['properties'] ?? {}) as Json).filter(([name]) => !inPath.has(name));
  const required = ((schema['required'] ?? []) as string[]).filter((name) => !inPath.has(name) && route.defaults?.[name] === undefined);
  return { ...schema, properties: Object.fromEntries(properties), required };
}

function operation(route: Route): Json {
  const error = { description: 'Refused; see code', content: json({ $ref: '#/components/schemas/ApiError' }) };
  const query = Object.entries(route.query ?? {}).map(([name, kind]) => ({
    name,
    in: 'query',
    schema: { type: kind === 'int' ? 'integer' : kind === 'bool' ? 'boolean' : 'string' },
  }));
  const result = json(schemaOf(methods[route.method].result, 'output'));
  return {
    summary: route.summary,
    operationId: `${route.verb.toLowerCase()}_${route.method.replaceAll('.', '_')}_${pathParams(route.path).length}_${route.path.split('/').at(-1)?.replace(/\W/g, '')}`,
    parameters: [...pathParams(route.path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })), ...query],
    ...(route.verb === 'POST' || route.verb === 'PATCH' ? { requestBody: { content: json(bodyOf(route)) } } : {}),
    responses: {
      '200': { description: 'Done', content: result },
      ...(route.verb === 'GET' ? {} : { '202': { description: 'Not decided yet', content: result } }),
      'default': error,
    },
  };
}

/** The whole document (OpenAPI 3.1). */
export function openapi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.verb.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tradepost',
      version,
      description: 'One desktop of a market. Every write takes `requestId`; repeating it returns the first result.',
    },
    security: [{ token: [] }],
    paths,
    components: {
      schemas: { ApiError: schemaOf(apiError, 'output') },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}
