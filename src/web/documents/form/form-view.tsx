import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { listContactsByPrefix } from '../../../db/contact-search'
import { findCurrentContact } from '../../../db/contacts'
import { findDocument, type StoredDocument } from '../../../db/documents'
import { listLabels } from '../../../db/labels'
import { mayBeCredited } from '../../../domain/credit-note'
import { type Labels, labelsFor } from '../../../domain/labels'
import { languageChain } from '../../../domain/languages'
import { computeTotals } from '../../../domain/totals'
import { readContent, type TypedContent } from '../../../domain/typed-content'
import type { AccountEnv } from '../../app-env'
import { newContactForm } from '../../contacts/contact-form'
import type { Difference } from '../../ui/conflict'
import type { FormValues } from '../../ui/form-state'
import { NEW_TITLES } from '../../ui/new-document'
import { fragment, isHtmx, page } from '../../ui/page'
import { ContactMatches } from './contact-picker'
import { type DocumentForm, documentValues } from './document-form'
import { DocumentFormPage, DocumentFormView, type FormProps } from './form-page'
import { errorLabels } from './form-problems'
import { reasonCategoriesIn, TaxReasonFields } from './tax-reason-fields'
import { TotalsResponse } from './totals-panel'

const MATCHES = 6

export interface FormOptions {
  /** Posted values; only they contain the fields of a new contact. */
  values?: FormValues
  errors?: Record<string, string>
  differences?: Difference[]
  focus?: string | undefined
  status?: ContentfulStatusCode
  /** Id of another account to which a credit note's form belongs. */
  bound?: string | undefined
}

/** Responds with the form as a page. */
export async function formPage(c: Context<AccountEnv>, form: DocumentForm, options: FormOptions = {}) {
  const title = c.var.t(form.version ? 'documents.edit' : NEW_TITLES[form.kind])
  const props = await propsOf(c, form, options)
  return page(c, { title, section: 'documents', status: options.status ?? 200 }, <DocumentFormPage {...props} />)
}

/** Responds with the part of the form that htmx replaces, or all of it. */
export async function respondWithForm(
  c: Context<AccountEnv>,
  form: DocumentForm,
  values: FormValues,
  { errors = {}, bound }: Pick<FormOptions, 'errors' | 'bound'> = {},
) {
  const options = { values, errors, bound, focus: focusAfter(values.act ?? '', form) }
  if (!isHtmx(c)) return formPage(c, form, options)
  const target = c.req.header('HX-Target') ?? ''
  if (target.endsWith('#totals')) {
    const { lines, currency } = form.typed
    const reasons = <TaxReasonFields {...(await propsOf(c, form, options))} typed={form.typed} />
    return fragment(
      c,
      <TotalsResponse totals={totalsOf(c, form)} lines={lines} currency={currency} reasons={reasons} />,
    )
  }
  if (target.endsWith('#tax-reasons'))
    return fragment(c, <TaxReasonFields {...(await propsOf(c, form, options))} typed={form.typed} />)
  if (target.endsWith('#contact-matches'))
    return fragment(c, <ContactMatches matches={await matchesOf(c, form)} search={form.contactSearch} />)
  return fragment(c, <DocumentFormView {...(await propsOf(c, form, options))} />)
}

async function propsOf(c: Context<AccountEnv>, form: DocumentForm, options: FormOptions): Promise<FormProps> {
  const { values = {}, errors = {}, differences, focus, bound } = options
  const credited = bound ? undefined : await creditedOf(c, form)
  const contact = await contactOf(c, credited ? { ...form, contactId: credited.contactId ?? '' } : form)
  const typed =
    contact?.currency && values.act?.startsWith('contact:choose')
      ? { ...form.typed, currency: contact.currency }
      : form.typed
  const shown = { ...form, typed }
  const state = { values: { ...contactValues(c, form, values), ...documentValues(shown) }, errors }
  return {
    form: shown,
    state,
    labels: errorLabels(errors, c.var.t),
    contact,
    matches: contact || form.kind === 'credit_note' || form.newContact ? [] : await matchesOf(c, form),
    totals: totalsOf(c, shown),
    differences,
    focus,
    credited,
    bound,
    documentLabels: await labelsOfDraft(c, typed, contact?.language),
  }
}

/** Returns the labels that the document would have. If no language is chosen, uses the contact's, else the account's. */
async function labelsOfDraft(c: Context<AccountEnv>, typed: TypedContent, contactLanguage = ''): Promise<Labels> {
  const { deps, signedIn } = c.var
  const { settings, accountId } = signedIn
  // The form shows labels only in the reasons for taxes that are zero.
  const storedLabels = reasonCategoriesIn(typed).length > 0 ? await listLabels(deps.db, accountId) : []
  return labelsFor(languageChain(settings, typed.language || contactLanguage || settings.language), storedLabels)
}

/** Returns the document that a credit note credits; throws 404 unless it is one of this account that may be credited. */
async function creditedOf(
  c: Context<AccountEnv>,
  { kind, refersTo }: DocumentForm,
): Promise<StoredDocument | undefined> {
  if (kind !== 'credit_note') return undefined
  const document = await findDocument(c.var.deps.db, c.var.signedIn.accountId, refersTo)
  if (!document || !mayBeCredited(document)) throw new HTTPException(404)
  return document
}

async function contactOf(c: Context<AccountEnv>, form: DocumentForm) {
  const { contactId } = form
  if (!contactId) return undefined
  const contact = await findCurrentContact(c.var.deps.db, c.var.signedIn.accountId, contactId)
  if (!contact && form.kind === 'credit_note') return undefined
  if (!contact) throw new HTTPException(404)
  return contact
}

const matchesOf = (c: Context<AccountEnv>, { contactSearch }: DocumentForm) =>
  listContactsByPrefix(c.var.deps.db, c.var.signedIn.accountId, contactSearch, MATCHES)

const totalsOf = (c: Context<AccountEnv>, { typed }: DocumentForm) =>
  computeTotals(readContent(typed, c.var.language).content)

/** Returns the fields of a new contact; on first display its name is the text of the search. */
function contactValues(c: Context<AccountEnv>, form: DocumentForm, values: FormValues): FormValues {
  if (!form.newContact) return {}
  const typed = Object.entries(values).filter(([name]) => name.startsWith('contact.'))
  if (typed.length > 0) return Object.fromEntries(typed)
  const blank = newContactForm(c.var.signedIn.company.address.country, 'contact.').values
  return { ...blank, 'contact.id': c.var.deps.newId('con'), 'contact.name': form.contactSearch }
}

function focusAfter(act: string, { typed, newContact }: DocumentForm): string | undefined {
  if (act === 'line:add') return `lines.${typed.lines.length - 1}.description`
  if (act === 'adjustment:add') return `adjustments.${typed.adjustments.length - 1}.reason`
  if (act === 'discount:show') return 'lines.0.discount'
  if (act === 'contact:change') return 'contactSearch'
  return newContact && act === 'contact:new' ? 'contact.name' : undefined
}
