/** Who decides: weights, the anchor, joint views and stores. */
import { assert, constantFrom, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { Member, View } from './frames.ts';
import { isQuorum, isVoter, needsBoth } from './quorum.ts';

const member = (name: string): Member => ({
  peerId: name,
  storeId: `store of ${name}`,
  memberNo: 1,
  priority: 100,
  name,
  address: '',
  publicKey: '',
});
const view = (names: string, anchor: string | null = null, old: View['old'] = null): View => ({
  viewNo: 1,
  voters: [...names].map(member),
  anchor,
  old,
  observers: [],
  removed: [],
  forks: [],
  nextMemberNo: 9,
});
const decides = (v: View, names: string): boolean => isQuorum(v, (m) => names.includes(m.peerId));

test('[V1] an odd number of voters decides by more than half', () => {
  expect(['A', 'AB', 'ABC', ''].map((names) => decides(view('ABC'), names))).toEqual([false, true, true, false]);
  expect(decides(view('ABCDE'), 'AB')).toBe(false);
  expect(decides(view('ABCDE'), 'CDE')).toBe(true);
  expect(decides(view('A'), 'A')).toBe(true);
});

test('[V1] with an even number the anchor counts twice, so one half of an even split decides', () => {
  const four = view('ABCD', 'A');
  expect(decides(four, 'AB')).toBe(true);
  expect(decides(four, 'CD')).toBe(false);
  expect(decides(four, 'BCD')).toBe(true);
  expect(decides(view('AB', 'A'), 'A')).toBe(true);
  expect(decides(view('AB', 'A'), 'B')).toBe(false);
  expect(needsBoth(view('AB', 'A'))).toBe(true);
  expect(needsBoth(view('ABC'))).toBe(false);
});

test('[V3] a joint view needs a quorum of both halves', () => {
  const joint = view('ABCD', 'A', { voters: [...'CDE'].map(member), anchor: null });
  expect(decides(joint, 'AB')).toBe(false);
  expect(decides(joint, 'CDE')).toBe(false);
  expect(decides(joint, 'ACD')).toBe(true);
});

test('[S9] a voter is a peer with its store: after a wiped disk it is somebody else', () => {
  expect(isVoter(view('ABC'), 'A', 'store of A')).toBe(true);
  expect(isVoter(view('ABC'), 'A', 'a new store')).toBe(false);
});

test('[S8] two quorums of one view always share a voter', () => {
  const names = constantFrom('A', 'AB', 'ABC', 'ABCD', 'ABCDE', 'ABCDEF', 'ABCDEFG');
  assert(
    property(names, nat(127), (all, bits) => {
      const v = view(all, all.length % 2 === 0 ? 'A' : null);
      const inside = [...all].filter((_, i) => (bits >> i) & 1).join('');
      const outside = [...all].filter((_, i) => !((bits >> i) & 1)).join('');
      expect(decides(v, inside) && decides(v, outside)).toBe(false);
      expect(decides(v, inside) || decides(v, outside)).toBe(true);
    }),
  );
});
