/**
 * Schemas must not compile themselves with `new Function`: the page's content policy forbids it and every try would be reported.
 * Imported before anything that builds a schema, because each schema decides at its creation.
 */
import { config } from 'zod';

config({ jitless: true });
