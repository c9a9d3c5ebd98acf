/**
 * Shows how many mails a day an account may send, or changes it: `npm run quota -- ACCOUNT [MAILS] [--remote]`. ACCOUNT
 * is its id, as its page of mail settings shows it, or the address of one of its owners. The account's people see the
 * change in their list of changes.
 */
import { randomUUID } from 'node:crypto'
import { executeSql, quote, type Target } from './database.ts'
import { readLocalConfig } from './local-config.ts'
import { runAsProgram, UserError } from './user-error.ts'

const MAX_MAILS = 1_000_000
const USAGE = 'Which account? npm run quota -- ACCOUNT [MAILS] [--remote], ACCOUNT being its id or an owner’s address.'

export interface AccountQuota {
  id: string
  name: string
  dailyQuota: number
}

/** Returns SQL that finds accounts by their id or an owner's address. */
export const findAccountsSql = (account: string): string => `
  SELECT a.id, coalesce(nullif(a.company->>'tradingName', ''), a.company->>'legalName') AS name, a.daily_quota AS dailyQuota
  FROM accounts a WHERE a.id = ${quote(account)} OR a.id IN (
    SELECT m.organization_id FROM members m JOIN users u ON u.id = m.user_id
    WHERE u.email = ${quote(account.toLowerCase())} AND m.role = 'owner') ORDER BY a.id`

/** Returns SQL that sets the quota of one account and adds an entry to its list of changes; `nowMs` is epoch ms. */
export function setQuotaSql({ id, dailyQuota }: AccountQuota, mails: number, nowMs: number): string[] {
  const changes = JSON.stringify([{ field: 'dailyQuota', from: String(dailyQuota), to: String(mails) }])
  return [
    `UPDATE accounts SET daily_quota = ${mails} WHERE id = ${quote(id)}`,
    // Ids begin with their time, so that they sort by it; the rest is random.
    `INSERT INTO audit (account_id, id, at, actor, action, subject, changes)
      VALUES (${quote(id)}, ${quote(auditId(nowMs))}, ${nowMs}, '', 'quota_changed', '', ${quote(changes)})`,
  ]
}

/**
 * Returns the number of mails; undefined where the quota is only to be shown. Throws a UserError about anything but a
 * whole number.
 */
export function readMails(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const mails = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
  if (mails <= MAX_MAILS) return mails
  throw new UserError(`"${text}" is no number of mails a day (0 to ${MAX_MAILS}).`)
}

async function findAccount(account: string, target: Target): Promise<AccountQuota> {
  const output = await executeSql(target, findAccountsSql(account), '--json')
  const found = (JSON.parse(output) as { results: AccountQuota[] }[])[0]?.results ?? []
  const [first, ...others] = found
  if (!first) throw new UserError(`There is no account ${account}, nor one that it owns.`)
  if (others.length === 0) return first
  const list = found.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new UserError(`${account} owns several accounts. Name one by its id:\n${list}`)
}

const ULID_DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

function auditId(nowMs: number): string {
  let time = ''
  for (let rest = nowMs, n = 0; n < 10; n++, rest = Math.floor(rest / 32)) time = ULID_DIGITS[rest % 32] + time
  return `aud_${time}${randomUUID().replaceAll('-', '').slice(0, 16)}`
}

if (import.meta.main)
  await runAsProgram(async () => {
    const args = process.argv.slice(2)
    const [account, typed] = args.filter((arg) => !arg.startsWith('--'))
    if (!account) throw new UserError(USAGE)
    const mails = readMails(typed)
    const target: Target = args.includes('--remote') ? 'remote' : { config: readLocalConfig(process.env) }
    const found = await findAccount(account, target)
    if (mails === undefined) return console.log(`${found.name} (${found.id}) may send ${found.dailyQuota} mails a day.`)
    await executeSql(target, setQuotaSql(found, mails, Date.now()).join(';\n'))
    console.log(`${found.name} (${found.id}) may send ${mails} mails a day now; it was ${found.dailyQuota}.`)
  })
