/** Creates a document that was made elsewhere, from a form with its PDF and its facts. */
import { deleteContact } from '../../commands/contacts/delete-contact'
import { uploadDocument } from '../../commands/documents/upload-document'
import { toMinor } from '../../domain/money'
import { newContent } from '../../domain/new-content'
import { refuse } from '../../domain/result'
import { documentPrefix } from '../../domain/test-mode'
import { cleanLine } from '../../domain/text'
import { routes } from '../../routes'
import type { ApiContext } from '../api-env'
import { idFor } from '../middleware/idempotent'
import { readJson } from '../parse'
import type { FieldError } from '../problem'
import { fieldProblem, invalid, refusalProblem } from '../refusal'
import { fileIn, formOf } from '../upload'
import { UploadedDocument } from './document-schemas'
import { readContent } from './read-content'
import { readContactOf, readProgramFields, wrong } from './read-document'
import { showDocument } from './show-document'

export async function createUploaded(c: ApiContext) {
  const form = await formOf(c)
  const body = readJson(await textIn(form, 'document'), UploadedDocument)
  const pdf = await fileIn(form, 'pdf')
  const { deps, key, account } = c.var
  const amounts = readAmounts(body)
  const fields = readProgramFields(body)
  const { contact, store } = await readContactOf(c, body)
  if (!contact) throw invalid([{ pointer: '/contact_id', code: 'missing', detail: 'It takes a customer.' }])
  const content = readContent(body, newContent(account.settings, contact), account.settings)
  const { contactId, newContactId } = await store()
  if (contactId === null) throw refusalProblem(refuse('not_found'))
  const documentId = idFor(c, documentPrefix(key.test))
  const facts = { kind: body.type, number: cleanLine(body.number), content, ...amounts(content.currency) }
  const ref = { accountId: key.accountId, documentId, actor: key.id, contactId }
  const done = await uploadDocument(deps, { ...ref, ...facts, ...fields, pdf: pdf.bytes })
  if (!done.ok) {
    if (newContactId) await deleteContact(deps, { accountId: key.accountId, id: newContactId })
    throw done.reason.startsWith('pdf_') ? fieldProblem('/pdf', done) : refusalProblem(done)
  }
  c.header('Location', routes.api + routes.apiDocument(documentId))
  const shown = await showDocument(c, documentId)
  return shown
}

/** Checks what only a document without lines has: its total, the tax in it, and the due date that nothing else gives. */
function readAmounts({ type, total, tax, due_date: dueDate }: UploadedDocument) {
  const errors: FieldError[] = [
    ...(Number(total) < 0 || Number(total) > MAX_TOTAL ? [wrong('/total', 'It is zero or more.')] : []),
    ...(Number(tax) < 0 || Number(tax) > Number(total) ? [wrong('/tax', 'It is a part of the total.')] : []),
    ...(type === 'invoice' && dueDate === undefined
      ? [{ pointer: '/due_date', code: 'missing', detail: 'An invoice made elsewhere has a due date.' }]
      : []),
  ]
  if (errors.length > 0) throw invalid(errors)
  return (currency: string) => ({ total: toMinor(total, currency), tax: toMinor(tax, currency) })
}

/** Keeps minor units safe integers. */
const MAX_TOTAL = 1e11

/** Returns the text of a field, which some clients send as a file. */
async function textIn(form: FormData, field: string): Promise<string> {
  const value = form.get(field)
  if (value === null) throw invalid([{ pointer: `/${field}`, code: 'missing', detail: 'This field is required.' }])
  return typeof value === 'string' ? value : value.text()
}
