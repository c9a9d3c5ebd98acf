/** The form of a document between requests: everything stands in its fields, so that any button may send it and lose nothing. */
import type { AccountSettings } from '../../domain/company'
import { DOCUMENT_KINDS, type DocumentKind } from '../../domain/document'
import { moved } from '../../domain/moved'
import { newTypedLine } from '../../domain/new-content'
import type { TypedContent, TypedLine } from '../../domain/typed-content'
import { type FormValues, flatten, unflatten } from '../ui/form-state'

export interface DocumentForm {
  kind: DocumentKind
  /** Of a credit note: the id of the document it credits. */
  refersTo: string
  /** Of a new one too, so that sending it twice makes one. */
  id: string
  /** Of the draft the person opened; 0 = there is none yet. */
  version: number
  contactId: string
  /** Fields for a new contact stand in the form instead of a choice. */
  newContact: boolean
  contactSearch: string
  typed: TypedContent
}

const LINE_FIELDS = ['id', 'description', 'quantity', 'unit', 'unitPrice', 'tax', 'discount'] as const
const TEXT_FIELDS = [
  'currency',
  'language',
  'issueDate',
  'dueDate',
  'paymentTermsDays',
  'supplyFrom',
  'supplyTo',
  'buyerReference',
  'orderNumber',
  'notes',
  'paidOn',
  'paymentMethod',
] as const

/**
 * @param settings its currency stands in where the form carries nothing that can be one
 * @param newId a new document's or line's, where the form carries none that can be ours
 */
export function readDocumentForm(
  values: FormValues,
  settings: AccountSettings,
  newId: (prefix: 'doc' | 'lin') => string,
): DocumentForm {
  const ours = (id: string | undefined, prefix: 'doc' | 'lin') =>
    new RegExp(`^${prefix}_[0-9a-z]{1,30}$`).test(id ?? '') ? String(id) : newId(prefix)
  const text = (name: string) => values[name] ?? ''
  const lines = readLines(values).map((line) => ({ ...line, id: ours(line.id, 'lin') }))
  const texts = Object.fromEntries(TEXT_FIELDS.map((name) => [name, text(name)])) as Record<
    (typeof TEXT_FIELDS)[number],
    string
  >
  const currency = /^[A-Z]{3}$/.test(texts.currency) ? texts.currency : settings.currency
  return {
    kind: DOCUMENT_KINDS.find((kind) => kind === values.kind) ?? 'invoice',
    refersTo: text('refersTo'),
    id: ours(values.id, 'doc'),
    version: /^\d{1,9}$/.test(text('version')) ? Number(values.version) : 0,
    contactId: text('contactId'),
    newContact: text('newContact') !== '',
    contactSearch: text('contactSearch').slice(0, 100),
    typed: { ...texts, currency, lines, pricesIncludeTax: text('pricesIncludeTax') !== '' },
  }
}

function readLines(values: FormValues): TypedLine[] {
  const { lines } = unflatten(values)
  return (Array.isArray(lines) ? lines : []).map((line) => {
    const typed = typeof line === 'object' && !Array.isArray(line) ? line : {}
    return Object.fromEntries(LINE_FIELDS.map((name) => [name, String(typed[name] ?? '')])) as unknown as TypedLine
  })
}

/** The fields of the document alone; those of a new contact stand beside them. */
export const documentValues = ({ typed, ...form }: DocumentForm): FormValues => flatten({ ...typed, ...form })

/** What a button beside "Save" asks for: 'line:add', 'line:up:2', 'contact:choose:con_…'. */
export function actOn(form: DocumentForm, act: string, settings: AccountSettings, newId: () => string): DocumentForm {
  const [noun, verb, which = ''] = act.split(':')
  if (noun === 'line')
    return {
      ...form,
      typed: {
        ...form.typed,
        lines: actOnLines(form.typed.lines, verb, Number(which), () => newTypedLine(newId(), settings)),
      },
    }
  const choices: Record<string, Partial<DocumentForm>> = {
    choose: { contactId: which, newContact: false, contactSearch: '' },
    change: { contactId: '', newContact: false },
    new: { contactId: '', newContact: true },
  }
  return noun === 'contact' ? { ...form, ...choices[verb ?? ''] } : form
}

function actOnLines(
  lines: TypedLine[],
  verb: string | undefined,
  index: number,
  newLine: () => TypedLine,
): TypedLine[] {
  if (verb === 'add') return [...lines, newLine()]
  if (verb === 'remove') return lines.filter((_, i) => i !== index)
  if (verb === 'up') return moved(lines, index, index - 1)
  return verb === 'down' ? moved(lines, index, index + 1) : lines
}
