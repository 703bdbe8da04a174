/** The market's public face: everything outside this folder imports from here. */
export { checkMarket } from './check.ts';
export * as auctions from './auctions/index.ts';
export { mayName, paddleNo, publicName } from './bidders.ts';
export { calledOf } from './guests.ts';
export { createMarket } from './machine.ts';
export { commissionNow } from './rules.ts';
export { parsePodCommand, POD_COMMAND } from './pods/commands.ts';
export { pictureOf } from './pictures.ts';
export { systemCommand } from './records.ts';
export { ledgerText, noticeText, resultText } from './sentences.ts';
export { CLUB } from './state.ts';
export type { MarketState } from './state.ts';
export type * from './records.ts';
export type { Facts, Market } from './types.ts';
