/** The market's public face: everything outside this folder imports from here. */
export { checkMarket } from './check.ts';
export { endAfterBid, judgeBid, leadingBid, nextBid, reserveMet, resultOf } from './auctions/open.ts';
export { createMarket, restoreMarket } from './machine.ts';
export { ledgerText, noticeText, resultText } from './sentences.ts';
export { marketGenesis, systemCommand } from './records.ts';
export { CLUB } from './state.ts';
export type { MarketState } from './state.ts';
export type * from './records.ts';
export type { ApplyContext, CommandResult, Facts, JsonValue, Market } from './types.ts';
