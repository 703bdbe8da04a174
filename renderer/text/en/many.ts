/**
 * English counts.
 */
import { counted } from '../counted.ts';

export const many = counted('en');
