/** Reads and changes the form of a document. Its fields hold all of its state, so that any button can post it without losing anything. */
import type { IdPrefix } from '../../../commands/deps'
import type { AccountSettings } from '../../../domain/company'
import { DOCUMENT_KINDS, type DocumentKind } from '../../../domain/document'
import { moved } from '../../../domain/moved'
import { newTypedAdjustment, newTypedLine } from '../../../domain/new-content'
import { REASON_CATEGORIES } from '../../../domain/tax-reasons'
import type { TypedAdjustment, TypedContent, TypedLine } from '../../../domain/typed-content'
import { type FormValues, flatten, unflatten } from '../../ui/form-state'

export interface DocumentForm {
  kind: DocumentKind
  /** Id of the document that a credit note credits; '' for other kinds. */
  refersTo: string
  /** Set for a new document too, so that posting the form twice creates one document. */
  id: string
  /** Version of the draft that the person opened; 0 = it is not saved yet. */
  version: number
  contactId: string
  /** True if the form has fields for a new contact instead of a choice. */
  newContact: boolean
  contactSearch: string
  /** True if lines have a field for a discount. */
  discounts: boolean
  typed: TypedContent
}

const LINE_FIELDS = ['id', 'description', 'quantity', 'unit', 'unitPrice', 'tax', 'discount'] as const
const ADJUSTMENT_FIELDS = ['type', 'reason', 'amount', 'tax'] as const
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
 * Reads a document's form from its posted values.
 * @param settings its currency is used where the form has no valid one
 * @param ids `newId` makes the id of a document or line where the form has no valid one
 */
export function readDocumentForm(
  values: FormValues,
  settings: AccountSettings,
  { isOwnId, newId }: { isOwnId: (prefix: IdPrefix, id: string) => boolean; newId: (prefix: 'doc' | 'lin') => string },
): DocumentForm {
  const lineId = (id: string) => (/^lin_[0-9a-z]{1,30}$/.test(id) ? id : newId('lin'))
  const text = (name: string) => values[name] ?? ''
  const lines = readRows<TypedLine>(values, 'lines', LINE_FIELDS).map((line) => ({ ...line, id: lineId(line.id) }))
  const texts = Object.fromEntries(TEXT_FIELDS.map((name) => [name, text(name)])) as Record<
    (typeof TEXT_FIELDS)[number],
    string
  >
  const currency = /^[A-Z]{3}$/.test(texts.currency) ? texts.currency : settings.currency
  return {
    kind: DOCUMENT_KINDS.find((kind) => kind === values.kind) ?? 'invoice',
    refersTo: text('refersTo'),
    id: isOwnId('doc', text('id')) || isOwnId('doc_test', text('id')) ? text('id') : newId('doc'),
    version: /^\d{1,9}$/.test(text('version')) ? Number(values.version) : 0,
    contactId: text('contactId'),
    newContact: text('newContact') !== '',
    contactSearch: text('contactSearch').slice(0, 100),
    discounts: text('discounts') !== '' || lines.some(({ discount }) => discount.trim() !== ''),
    typed: {
      ...{ ...texts, currency, lines },
      adjustments: readRows<TypedAdjustment>(values, 'adjustments', ADJUSTMENT_FIELDS),
      taxReasons: Object.fromEntries(
        REASON_CATEGORIES.map((category) => [
          category,
          { reason: text(`taxReasons.${category}.reason`), text: text(`taxReasons.${category}.text`) },
        ]),
      ),
      pricesIncludeTax: text('pricesIncludeTax') !== '',
    },
  }
}

function readRows<T>(values: FormValues, of: 'lines' | 'adjustments', names: readonly string[]): T[] {
  const rows = unflatten(values)[of]
  return (Array.isArray(rows) ? rows : []).map((row) => {
    const typed = typeof row === 'object' && !Array.isArray(row) ? row : {}
    return Object.fromEntries(names.map((name) => [name, String(typed[name] ?? '')])) as unknown as T
  })
}

/** Returns the values of the document's fields, without those of a new contact. */
export const documentValues = ({ typed, ...form }: DocumentForm): FormValues => flatten({ ...typed, ...form })

/** Applies a button's act to the form: 'line:add', 'line:up:2', 'adjustment:add', 'discount:show', 'contact:choose:con_…'. */
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
  if (noun === 'discount') return { ...form, discounts: true }
  if (noun === 'adjustment') {
    const { adjustments } = form.typed
    const changed =
      verb === 'add'
        ? [...adjustments, newTypedAdjustment(form.typed.lines[0], settings)]
        : adjustments.filter((_, index) => index !== Number(which))
    return { ...form, typed: { ...form.typed, adjustments: changed } }
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
