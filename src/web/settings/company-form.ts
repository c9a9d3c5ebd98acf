/** Converts the company to form fields and back. */
import * as v from 'valibot'
import { MAX_ADDRESS_LINES } from '../../domain/address'
import { groupedIban, parseBic, parseIban } from '../../domain/bank-account'
import type { Company } from '../../domain/company'
import { isCountry } from '../../domain/countries'
import { parseEmailAddress } from '../../domain/email-addresses'
import { type Result, refuse } from '../../domain/result'
import { cleanLine } from '../../domain/text'
import { isCodiceFiscale, parseVatId } from '../../domain/vat-id'
import { parseWebsite } from '../../domain/website'
import type { Key, Translate } from '../../i18n'
import { oneOf, optionally } from '../ui/fields'
import { type FormState, type FormValues, legalNameLine, line, nameLine, parseForm, text } from '../ui/form-state'
import { refusalText } from '../ui/refusal-text'

const CompanyForm = v.object({
  legalName: legalNameLine(),
  tradingName: nameLine(),
  lines: v.pipe(
    text(400),
    v.transform((typed) => typed.split('\n').map(cleanLine).filter(Boolean)),
    v.maxLength(MAX_ADDRESS_LINES, 'company.lines.hint'),
  ),
  postcode: line(20),
  town: line(100),
  region: line(100),
  country: oneOf(isCountry),
  vatId: line(40),
  taxNumber: line(40),
  register: line(100),
  registerNumber: line(60),
  legalForm: line(100),
  legalNote: text(500),
  email: optionally(parseEmailAddress),
  phone: line(40),
  website: optionally(parseWebsite),
  iban: optionally(parseIban),
  bic: optionally(parseBic),
  paymentNote: text(500),
  footer: text(500),
})

export const COMPANY_FIELDS: Record<keyof v.InferOutput<typeof CompanyForm>, Key> = {
  legalName: 'company.legal_name',
  tradingName: 'company.trading_name',
  legalForm: 'company.legal_form',
  lines: 'address.lines',
  postcode: 'address.postcode',
  town: 'address.town',
  region: 'address.region',
  country: 'address.country',
  vatId: 'company.vat_id',
  taxNumber: 'company.tax_number',
  register: 'company.register',
  registerNumber: 'company.register_number',
  email: 'company.email',
  phone: 'company.phone',
  website: 'company.website',
  iban: 'company.iban',
  bic: 'company.bic',
  paymentNote: 'company.payment_note',
  legalNote: 'company.legal_note',
  footer: 'company.footer',
}

type ParsedCompany = { ok: true; value: Company; values: FormValues } | ({ ok: false } & FormState)

export function parseCompanyForm(typed: FormValues, t: Translate): ParsedCompany {
  const vatId = sellerVatId(cleanLine(typed.vatId ?? ''), typed.country ?? '')
  const form = parseForm(CompanyForm, typed, t)
  const errors = { ...(!form.ok && form.errors), ...(!vatId.ok && { vatId: refusalText(t, vatId) }) }
  if (!form.ok || !vatId.ok) return { ok: false, values: form.values, errors }
  const { lines, postcode, town, region, country, ...rest } = form.value
  const address = { lines, postcode, town, region, country }
  return { ok: true, value: { ...rest, vatId: vatId.value, address }, values: form.values }
}

/** Parses a seller's VAT number. Refuses a personal tax code, which has a separate field and must not be printed as a VAT number. */
const sellerVatId = (typed: string, country: string): Result<string> =>
  isCodiceFiscale(typed) ? refuse('vat_id_codice_fiscale') : parseVatId(typed, country)

export const companyValues = ({ address, ...rest }: Company): FormValues => ({
  ...rest,
  ...address,
  lines: address.lines.join('\n'),
  iban: groupedIban(rest.iban),
})
