/** What both local providers have in common. */
import { customerOf } from './customers.ts'
import type { Ledger, TakenMail } from './ledger.ts'
import type { Faults } from './misfortune.ts'
import type { Reports } from './reports.ts'
import type { Trap } from './trap.ts'

export interface Surroundings {
  ledger: Ledger
  faults: Faults
  trap: Trap
  reports: Reports
}

/** Records a mail as taken, and reports on it. A report may come before the call is answered. */
export async function take({ ledger, reports }: Surroundings, mail: TakenMail): Promise<void> {
  ledger.take(mail)
  await reports.begin(mail)
}

/** Mails to customers; the others are the app's own notices, which nothing happens to. */
export const isToCustomer = (address: string): boolean => address.endsWith('@customers.example')

export const isRefused = (address: string): boolean => customerOf(address) === 'refused'
