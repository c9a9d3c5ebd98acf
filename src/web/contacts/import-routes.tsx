import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { checkImport } from '../../commands/contacts/check-import'
import { continueImport } from '../../commands/contacts/continue-import'
import { readFile, readReport } from '../../commands/contacts/import-files'
import { startImport } from '../../commands/contacts/start-import'
import { uploadContacts } from '../../commands/contacts/upload-contacts'
import { findImport, listImports, type StoredImport } from '../../db/contact-imports'
import { CONTACT_FIELDS, type ContactField } from '../../domain/contact'
import { IMPORT_MATCHES, type ImportChoices } from '../../domain/contact-import'
import { type CsvDelimiter, readCsv } from '../../domain/csv'
import type { Refused } from '../../domain/result'
import { routes } from '../../routes'
import type { AccountEnv } from '../app-env'
import { requireRole } from '../middleware/session'
import { otherAccount } from '../ui/form-account'
import { formId } from '../ui/form-id'
import { type FormValues, readForm, wellFormed } from '../ui/form-state'
import { flash } from '../ui/notice'
import { page } from '../ui/page'
import { refusalText } from '../ui/refusal-text'
import { ImportColumnsPage } from './import-columns-page'
import { ImportDonePage, ImportProgressPage } from './import-progress-page'
import { ImportResultPage } from './import-result-page'
import { ImportUploadPage } from './import-upload-page'

/** Imports contacts from a file: upload, columns, check and run. */
export const contactImportRoutes = new Hono<AccountEnv>()

const writes = requireRole('member')
const LATEST_IMPORTS = 5
/** Pieces imported before the response, so that a small import is complete when the page loads. */
const PIECES_AT_ONCE = 5
const EXAMPLE_LINES = 3

contactImportRoutes.get(routes.newContactImport, writes, (c) => uploadPage(c))

contactImportRoutes.post(routes.contactImports, writes, async (c) => {
  const { deps, signedIn, t } = c.var
  const { file, ...fields } = await wellFormed(c.req.parseBody())
  const elsewhere = otherAccount(c, fields as FormValues)
  if (elsewhere) return uploadPage(c, elsewhere, 409)
  if (!(file instanceof File) || file.size === 0) return uploadPage(c, t('imports.file.missing'), 422)
  const id = formId(c, 'imp', fields.id)
  const { accountId, userId: actor } = signedIn
  const bytes = new Uint8Array(await file.arrayBuffer())
  const uploaded = await uploadContacts(deps, { accountId, actor, id, fileName: file.name, bytes })
  if (!uploaded.ok) return uploadPage(c, refusalText(t, uploaded), 422)
  return c.redirect(routes.contactImport(uploaded.value.id), 303)
})

contactImportRoutes.get(routes.contactImport(':id'), writes, async (c) => importPage(c, await requireImport(c)))

contactImportRoutes.post(routes.contactImportChecks(':id'), writes, async (c) => {
  const stored = await requireImport(c)
  const choices = readChoices(await readForm(c), stored)
  const checked = await checkImport(c.var.deps, stored, choices)
  if (checked.ok) return c.redirect(routes.contactImport(stored.id), 303)
  if (checked.reason === 'not_found') return c.redirect(routes.contactImport(stored.id), 303)
  return columnsPage(c, { ...stored, choices }, checked)
})

contactImportRoutes.post(routes.contactImportRuns(':id'), writes, async (c) => {
  const { deps } = c.var
  const stored = await requireImport(c)
  const { plan = '' } = await readForm(c)
  const started = await startImport(deps, stored, plan)
  if (!started.ok && started.reason === 'not_found') throw new HTTPException(404)
  if (!started.ok) flash(c, 'problem.import_changed')
  else {
    await continueImport(deps, stored, PIECES_AT_ONCE)
    c.executionCtx.waitUntil(continueImport(deps, stored))
  }
  return c.redirect(routes.contactImport(stored.id), 303)
})

async function requireImport(c: Context<AccountEnv>): Promise<StoredImport> {
  const key = { accountId: c.var.signedIn.accountId, id: c.req.param('id') ?? '' }
  const stored = await findImport(c.var.deps.db, key)
  if (!stored || stored.status === 'uploading') throw new HTTPException(404)
  return stored
}

async function importPage(c: Context<AccountEnv>, stored: StoredImport) {
  if (stored.status === 'uploaded' || (stored.status === 'checked' && c.req.query('columns') !== undefined))
    return columnsPage(c, stored)
  const options = { title: c.var.t('imports.title'), section: 'contacts' as const, narrow: true }
  if (stored.status === 'applying') return page(c, options, <ImportProgressPage stored={stored} />)
  const report = stored.plan && (await readReport(c.var.deps, stored, stored.plan.id))
  const from = Math.max(0, Number.parseInt(c.req.query('from') ?? '0', 10) || 0)
  const props = { stored, report, from }
  return page(c, options, stored.status === 'done' ? <ImportDonePage {...props} /> : <ImportResultPage {...props} />)
}

async function columnsPage(c: Context<AccountEnv>, stored: StoredImport, refused?: Refused) {
  const { deps, t } = c.var
  const text = (await readFile(deps, stored)) ?? ''
  // The header and a few lines show what the columns hold.
  const read = readCsv(text, stored.delimiter as CsvDelimiter, 1 + EXAMPLE_LINES)
  const examples = (read.ok ? read.value : []).slice(1)
  const props = { stored, examples: examples.map(({ cells }) => cells), error: refused && refusalText(t, refused) }
  return page(
    c,
    { title: t('imports.title'), section: 'contacts', narrow: true, status: refused ? 422 : 200 },
    <ImportColumnsPage {...props} />,
  )
}

async function uploadPage(c: Context<AccountEnv>, error?: string, status: 200 | 409 | 422 = 200) {
  const { deps, signedIn, t } = c.var
  const imports = await listImports(deps.db, signedIn.accountId, LATEST_IMPORTS)
  const props = { id: deps.newId('imp'), imports, error }
  return page(
    c,
    { title: t('imports.title'), section: 'contacts', narrow: true, status },
    <ImportUploadPage {...props} />,
  )
}

function readChoices(typed: FormValues, { header, choices }: StoredImport): ImportChoices {
  return {
    columns: header.map(
      (_, index) => CONTACT_FIELDS.find((field): field is ContactField => field === typed[`columns.${index}`]) ?? '',
    ),
    matchBy: IMPORT_MATCHES.find((match) => match === typed.matchBy) ?? choices.matchBy,
  }
}
