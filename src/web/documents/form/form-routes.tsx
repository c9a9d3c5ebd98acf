import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { createContact } from '../../../commands/contacts/create-contact'
import { createCreditNote } from '../../../commands/documents/create-credit-note'
import { createDraft } from '../../../commands/documents/create-draft'
import { saveDraft } from '../../../commands/documents/save-draft'
import { findContact } from '../../../db/contacts'
import type { Contact } from '../../../domain/contact'
import { typedContent } from '../../../domain/content-as-typed'
import { creditContent, mayBeCredited } from '../../../domain/credit-note'
import type { DocumentContent } from '../../../domain/document'
import { newContent, newTypedLine } from '../../../domain/new-content'
import { isOwnId } from '../../../domain/own-id'
import { REASON_CATEGORIES } from '../../../domain/tax-reasons'
import { documentPrefix, isTestDocument } from '../../../domain/test-mode'
import { cleanText } from '../../../domain/text'
import { readContent, type TypedContent } from '../../../domain/typed-content'
import { routes } from '../../../routes'
import type { AccountEnv } from '../../app-env'
import { parseContactForm } from '../../contacts/contact-form'
import { requireRole } from '../../middleware/session'
import { otherAccount } from '../../ui/form-account'
import { formId } from '../../ui/form-id'
import { type FormValues, readForm } from '../../ui/form-state'
import { flash } from '../../ui/notice'
import { requireDocument } from '../../ui/require-document'
import { actOn, type DocumentForm, readDocumentForm } from './document-form'
import { problemErrors, versionDifferences } from './form-problems'
import { formPage, respondWithForm } from './form-view'

/** Serves the pages that create and change drafts. */
export const documentFormRoutes = new Hono<AccountEnv>()

const writes = requireRole('member')

documentFormRoutes.get(routes.newDocument, writes, async (c) => {
  const { deps, signedIn, language } = c.var
  const contactId = c.req.query('contact') ?? ''
  const contact = contactId ? await findContact(deps.db, signedIn.accountId, contactId) : undefined
  if (contactId && !contact) throw new HTTPException(404)
  const typed = {
    ...typedContent(newContent(signedIn.settings, contact), language),
    lines: [newTypedLine(deps.newId('lin'), signedIn.settings)],
  }
  const kind = c.req.query('kind') === 'receipt' ? 'receipt' : 'invoice'
  const form = {
    kind,
    refersTo: '',
    id: deps.newId(documentPrefix(signedIn.testMode)),
    version: 0,
    contactId,
    newContact: false,
    contactSearch: '',
    discounts: false,
    typed,
  } as const
  return formPage(c, form, { focus: contact ? 'lines.0.description' : 'contactSearch' })
})

documentFormRoutes.get(routes.documentEdit(':id'), writes, async (c) => {
  const document = await requireDocument(c)
  if (document.status === 'final') return c.redirect(routes.document(document.id), 303)
  const { id, kind, version, content } = document
  const references = { refersTo: document.refersTo ?? '', contactId: document.contactId ?? '' }
  const typed = typedContent(content, c.var.language)
  return formPage(c, {
    kind,
    id,
    version,
    ...references,
    newContact: false,
    contactSearch: '',
    discounts: hasDiscounts(content),
    typed,
  })
})

/** Shows the form of a credit note, filled with the lines of the document that it credits. */
documentFormRoutes.get(routes.newCreditNote(':id'), writes, async (c) => {
  const original = await requireDocument(c)
  const { id: refersTo, contactId, snapshot } = original
  if (!mayBeCredited(original) || !snapshot) throw new HTTPException(404)
  const typed = typedContent(creditContent(snapshot.content, snapshot.language), c.var.language)
  const id = c.var.deps.newId(documentPrefix(isTestDocument(refersTo)))
  const unchosen = { version: 0, contactId: contactId ?? '', newContact: false, contactSearch: '' }
  const discounts = hasDiscounts(snapshot.content)
  return formPage(c, { kind: 'credit_note', refersTo, id, ...unchosen, discounts, typed })
})

/** Responds with the form, changed by a button or a field, without saving it. */
documentFormRoutes.post(routes.documentForm, writes, async (c) => {
  const { deps, signedIn } = c.var
  const values = await readForm(c)
  const elsewhere = elsewhereOf(c, values)
  const form = actOn(formOf(c, values), values.act ?? '', signedIn.settings, () => deps.newId('lin'))
  return elsewhere ? respondWithForm(c, withoutContact(form), values, elsewhere) : respondWithForm(c, form, values)
})

documentFormRoutes.post(routes.documents, writes, async (c) => {
  const values = await readForm(c)
  const form = formOf(c, values)
  const elsewhere = elsewhereOf(c, values)
  if (elsewhere) return formPage(c, withoutContact(form), { values, ...elsewhere, status: 409 })
  const read = await readDraft(c, form, values)
  if (read instanceof Response) return read
  const { accountId, userId: actor } = c.var.signedIn
  const { kind, refersTo } = form
  const created =
    kind === 'credit_note'
      ? await createCreditNote(c.var.deps, { accountId, actor, refersTo, ...read })
      : await createDraft(c.var.deps, { accountId, actor, kind, ...read })
  if (!created.ok) throw new HTTPException(404)
  flash(c, 'notice.draft_saved')
  return c.redirect(routes.document(created.value.id), 303)
})

documentFormRoutes.post(routes.document(':id'), writes, async (c) => {
  const document = await requireDocument(c)
  const values = await readForm(c)
  const { id, kind } = document
  const form = { ...formOf(c, values), id, kind, refersTo: document.refersTo ?? '' }
  const read = await readDraft(c, form, values)
  if (read instanceof Response) return read
  const { deps, signedIn, t, language } = c.var
  const { accountId, userId: actor } = signedIn
  const saved = await saveDraft(deps, { accountId, actor, version: form.version, ...read })
  if (!saved.ok && saved.reason === 'stale') {
    const { version, contactName, content } = saved.current
    const typedVersion = { contactName: (await contactNameOf(c, read.contactId)) ?? '', typed: form.typed }
    const savedVersion = { contactName, typed: typedContent(content, language) }
    const differences = versionDifferences(typedVersion, savedVersion, t, language)
    const staleForm = { ...form, version, contactId: read.contactId ?? '', newContact: false }
    return formPage(c, staleForm, { values, differences, status: 409 })
  }
  if (!saved.ok && saved.reason !== 'already_final') throw new HTTPException(404)
  flash(c, saved.ok ? 'notice.draft_saved' : 'notice.already_final')
  return c.redirect(routes.document(document.id), 303)
})

const hasDiscounts = ({ lines }: DocumentContent): boolean => lines.some(({ discount }) => discount !== undefined)

function formOf(c: Context<AccountEnv>, values: FormValues): DocumentForm {
  const { settings, testMode } = c.var.signedIn
  const { deps } = c.var
  const form = readDocumentForm(values, settings, {
    isOwnId: (prefix, id) => isOwnId(prefix, id, deps.now()),
    newId: (prefix) => deps.newId(prefix === 'doc' ? documentPrefix(testMode) : prefix),
  })
  const taxReasons = withoutSuggested(form.typed.taxReasons, values)
  return { ...form, typed: { ...form.typed, taxReasons } }
}

/** Removes the texts that the form suggested: unless they are changed, they depend on reason, language and labels. */
const withoutSuggested = (typed: TypedContent['taxReasons'], values: FormValues): TypedContent['taxReasons'] =>
  Object.fromEntries(
    REASON_CATEGORIES.map((category) => {
      const { reason = '', text = '' } = typed[category] ?? {}
      const suggested = cleanText(values[`taxReasons.${category}.suggested`] ?? '')
      return [category, { reason, text: cleanText(text) === suggested ? '' : text }]
    }),
  )

/** Returns the error of a form that was shown for another account. A credit note's form stays bound to that account, like its document. */
function elsewhereOf(c: Context<AccountEnv>, values: FormValues) {
  const isCredit = values.kind === 'credit_note'
  const refused = otherAccount(c, values, isCredit)
  return refused === undefined ? undefined : { errors: { '': refused }, bound: isCredit ? values.account : undefined }
}

/** Removes the chosen contact, since it belongs to another account. */
const withoutContact = (form: DocumentForm): DocumentForm => ({ ...form, contactId: '' })

async function contactNameOf(c: Context<AccountEnv>, contactId: string | null): Promise<string | undefined> {
  if (!contactId) return undefined
  return (await findContact(c.var.deps.db, c.var.signedIn.accountId, contactId))?.name
}

type Read = Pick<Parameters<typeof createDraft>[1], 'documentId' | 'contactId' | 'content'>

/** Returns the draft to store, and creates a contact if the form has a new one; or responds with the form and its errors. */
async function readDraft(c: Context<AccountEnv>, form: DocumentForm, values: FormValues): Promise<Read | Response> {
  const { t, language } = c.var
  const { content, problems } = readContent(form.typed, language)
  const contact = form.newContact ? parseContactForm(values, t, 'contact.') : undefined
  const errors = {
    ...(!form.contactId &&
      !form.newContact &&
      form.contactSearch && { contactSearch: t('documents.customer.unchosen') }),
    ...(contact && !contact.ok && contact.errors),
    ...problemErrors(problems, t),
  }
  if (Object.keys(errors).length > 0) return formPage(c, form, { values, errors, status: 422 })
  const contactId = contact?.ok
    ? await makeContact(c, values['contact.id'] ?? '', contact.value)
    : form.contactId || null
  return { documentId: form.id, contactId, content }
}

/** Creates a contact under the id in the form, so that posting it twice creates one. */
function makeContact(c: Context<AccountEnv>, id: string, contact: Contact): Promise<string> {
  const { deps, signedIn } = c.var
  const contactId = formId(c, 'con', id)
  return createContact(deps, { accountId: signedIn.accountId, id: contactId, contact })
}
