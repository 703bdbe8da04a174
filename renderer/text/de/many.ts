/**
 * German counts.
 */
import { counted } from '../counted.ts';

export const many = counted('de');
