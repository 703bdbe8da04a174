/** What a desktop says of its program, beside that of this one. */
import { compareVersions } from '../../shared/version.ts';
import { t } from '../text/t.ts';

/** "0.0.9 (older)". */
export const versionText = (version: string | null, ours: string): string => {
  if (version === null) return '–';
  const order = compareVersions(version, ours);
  if (order === 0) return version;
  return order < 0 ? t.peer.older(version) : t.peer.newer(version);
};
