/** What this build calls itself, and the protocol it speaks: desktops of another protocol may watch but not trade. */
import packageFile from '../package.json' with { type: 'json' };
import { PROTOCOL_VERSION } from './net/header.ts';

export const VERSION: string = packageFile.version;
export const PROTOCOL = PROTOCOL_VERSION;
