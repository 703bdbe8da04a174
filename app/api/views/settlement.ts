/**
 * The settle-up sheet: what everybody bought, sold and earned, and the fewest payments that bring all accounts with debts to zero.
 *
 * Where bidders are not shown by name, what somebody bought would name them: then everybody has their own row and their own payments, and
 * the operator has the whole sheet.
 *
 * Accounts say everything; money that the operator credited is paid already. Debts and claims are matched largest first, the same on
 * every desktop.
 */
import type { SettlementView } from '../../../shared/views.ts';
import { concerns } from './bidders.ts';
import { byMember, type Reader } from './reader.ts';

interface Sums {
  bought: number;
  sold: number;
}

/** Prices paid and got, by desktop, over purchases and auctions. */
function turnover(reader: Reader): Map<string, Sums> {
  const rows = new Map<string, Sums>();
  const of = (peerId: string): Sums => {
    const row = rows.get(peerId) ?? { bought: 0, sold: 0 };
    rows.set(peerId, row);
    return row;
  };
  for (const order of reader.state?.orders ?? []) {
    of(order.buyer).bought += order.total;
    for (const fill of order.fills) of(fill.seller).sold += fill.amount;
  }
  for (const lot of reader.state?.lots.values() ?? []) {
    for (const award of lot.awards) {
      of(award.winner).bought += award.price;
      of(lot.seller).sold += award.price;
    }
  }
  return rows;
}

function transfers(reader: Reader): SettlementView['transfers'] {
  const accounts = [...(reader.state?.accounts.values() ?? [])];
  const order = byMember(reader);
  const side = (sign: 1 | -1): { account: string; left: number }[] =>
    accounts
      .filter(({ balance }) => balance * sign > 0)
      .map(({ account, balance }) => ({ account, left: Math.abs(balance) }))
      .sort((a, b) => b.left - a.left || order(a.account, b.account));
  const debtors = side(-1);
  const creditors = side(1);
  const made: SettlementView['transfers'] = [];
  for (const debtor of debtors) {
    for (const creditor of creditors) {
      const amount = Math.min(debtor.left, creditor.left);
      if (amount === 0) continue;
      debtor.left -= amount;
      creditor.left -= amount;
      made.push({ debtor: reader.ref(debtor.account), creditor: reader.ref(creditor.account), amount: reader.amount(amount) });
    }
  }
  return made;
}

export function settlementView(reader: Reader): SettlementView {
  const { state } = reader;
  const sums = turnover(reader);
  const order = byMember(reader);
  const mine = (...parties: readonly string[]): boolean => concerns(reader, ...parties);
  const rows = [...(state?.accounts.values() ?? [])].filter(({ account }) => mine(account)).sort((a, b) => order(a.account, b.account));
  return {
    rows: rows.map(({ account, balance, commission }) => ({
      account: reader.ref(account),
      bought: reader.amount(sums.get(account)?.bought ?? 0),
      sold: reader.amount(sums.get(account)?.sold ?? 0),
      commission: reader.amount(commission),
      balance: reader.amount(balance),
    })),
    transfers: transfers(reader).filter(({ debtor, creditor }) => mine(debtor.peerId, creditor.peerId)),
    payments: (state?.payments ?? [])
      .filter(({ debtor, creditor }) => mine(debtor, creditor))
      .toReversed()
      .map((payment) => ({
        entry: payment.entry,
        at: payment.t,
        debtor: reader.ref(payment.debtor),
        creditor: reader.ref(payment.creditor),
        amount: reader.amount(payment.amount),
        by: reader.ref(payment.by),
      })),
  };
}
