import * as v from 'valibot'
import { listRows, listSomeDocuments } from '../../db/account-closing'
import { findAccount } from '../../db/accounts'
import { listKeysEver } from '../../db/api-keys'
import { type BackgroundJob, endBackgroundJob, moveBackgroundJob } from '../../db/background-jobs'
import { runBatch } from '../../db/client'
import { listContactsAfter, type StoredContact } from '../../db/contacts'
import { listMembers } from '../../db/members'
import type { Deps } from '../deps'
import { documentEntries } from '../documents/document-zip'
import { readLogo } from '../logo-files'
import { jsonEntry, type ZipEntry, zipStream } from '../zip-stream'
import { deleteSomeObjects, exportKey } from './account-folders'

/** Position of an export job that deletes the export. */
export const CLEAR_EXPORT = 'clear'

const CONTACTS_A_PART = 1000
const DOCUMENTS_A_PART = 50
const DOCUMENTS_AT_ONCE = 5
/** Limits a part, which is made in memory. */
const BYTES_A_PART = 20 * 1024 * 1024
const TABLES = ['series', 'translations', 'labels', 'suppressions', 'notice_optouts', 'problems', 'bulk_sends', 'audit']

const Position = v.object({ part: v.number(), phase: v.picklist(['contacts', 'documents']), after: v.string() })
type Position = v.InferOutput<typeof Position>

/** Writes one part of an account's export: first its settings, then contacts, then documents with PDFs and mails. A repeat writes the same part. */
export async function exportAccountStep(deps: Deps, job: BackgroundJob): Promise<void> {
  const { accountId, position } = job
  if (position === '' || position === CLEAR_EXPORT) {
    if (await deleteSomeObjects(deps, 'export', accountId)) return
    if (position === CLEAR_EXPORT) return void (await runBatch(deps.db, [endBackgroundJob(job)]))
    await putPart(deps, accountId, 1, await collect(accountEntries(deps, accountId)))
    return moveTo(deps, job, { part: 2, phase: 'contacts', after: '' })
  }
  const at = v.parse(Position, JSON.parse(position))
  if (at.phase === 'contacts') return exportContacts(deps, job, at)
  return exportDocuments(deps, job, at)
}

const moveTo = async (deps: Deps, job: BackgroundJob, position: Position): Promise<void> =>
  void (await runBatch(deps.db, [moveBackgroundJob(job, JSON.stringify(position), deps.now())]))

async function* accountEntries(deps: Deps, accountId: string): AsyncGenerator<ZipEntry> {
  const now = deps.now()
  const account = await findAccount(deps.db, accountId)
  if (!account) return
  const { company, settings, createdAt } = account
  const [people, apiKeys] = [await listMembers(deps.db, accountId), await listKeysEver(deps.db, accountId)]
  yield jsonEntry('account.json', { company, settings, createdAt, people, apiKeys }, now)
  for (const table of TABLES) {
    const rows = await listRows(deps.db, table, accountId)
    yield jsonEntry(
      `${table}.json`,
      rows.map(({ account_id: _, ...row }) => row),
      now,
    )
  }
  const logo = await readLogo(deps, accountId, account.logo)
  if (logo) yield { name: `logo.${logo.logo.type === 'image/png' ? 'png' : 'jpg'}`, bytes: logo.image, at: now }
}

async function exportContacts(deps: Deps, job: BackgroundJob, { part, after }: Position): Promise<void> {
  const { accountId } = job
  const pages = await Promise.all(
    [false, true].map((archived) => listContactsAfter(deps.db, accountId, { after, archived, limit: CONTACTS_A_PART })),
  )
  const contacts = pages
    .flat()
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, CONTACTS_A_PART)
  const last = contacts.at(-1)
  if (!last) return moveTo(deps, job, { part, phase: 'documents', after: '' })
  const entry = jsonEntry(`contacts-${part}.json`, contacts.map(withoutAccount), deps.now())
  await putPart(deps, accountId, part, [entry])
  await moveTo(deps, job, { part: part + 1, phase: 'contacts', after: last.id })
}

const withoutAccount = ({ accountId, nameKey, ...contact }: StoredContact) => contact

async function exportDocuments(deps: Deps, job: BackgroundJob, { part, after }: Position): Promise<void> {
  const { accountId } = job
  const documents = await listSomeDocuments(deps.db, accountId, after, DOCUMENTS_A_PART)
  if (documents.length === 0) return void (await runBatch(deps.db, [endBackgroundJob(job)]))
  const entries: ZipEntry[] = []
  let bytes = 0
  let last = after
  for (let start = 0; start < documents.length && bytes < BYTES_A_PART; start += DOCUMENTS_AT_ONCE) {
    const some = documents.slice(start, start + DOCUMENTS_AT_ONCE).map(({ id }) => id)
    for await (const entry of documentEntries(deps, accountId, some)) {
      entries.push(entry)
      bytes += entry.bytes.byteLength
    }
    last = some.at(-1) ?? last
  }
  await putPart(deps, accountId, part, entries)
  await moveTo(deps, job, { part: part + 1, phase: 'documents', after: last })
}

async function collect(entries: AsyncIterable<ZipEntry>): Promise<ZipEntry[]> {
  const all: ZipEntry[] = []
  for await (const entry of entries) all.push(entry)
  return all
}

async function putPart(deps: Deps, accountId: string, part: number, entries: ZipEntry[]): Promise<void> {
  const zip = await new Response(zipStream(eachOf(entries))).arrayBuffer()
  await deps.bucket.put(exportKey(accountId, part), zip, { httpMetadata: { contentType: 'application/zip' } })
}

async function* eachOf(entries: ZipEntry[]): AsyncGenerator<ZipEntry> {
  yield* entries
}
