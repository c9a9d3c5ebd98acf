/** Schemas of the bodies and queries of contacts. */
import * as v from 'valibot'
import { MAX_EMAILS } from '../../domain/email-addresses'
import { clearable, IsoTime, MetadataChanges, MetadataJson, PAGE } from '../fields'

const Address = v.strictObject({
  lines: v.exactOptional(v.array(v.string())),
  postcode: v.exactOptional(clearable),
  town: v.exactOptional(clearable),
  region: v.exactOptional(clearable),
  country: v.exactOptional(clearable),
})

const FIELDS = {
  kind: v.exactOptional(v.picklist(['company', 'person'])),
  emails: v.exactOptional(
    v.pipe(v.array(v.string()), v.maxLength(MAX_EMAILS, `A contact has at most ${MAX_EMAILS} addresses.`)),
  ),
  address: v.exactOptional(Address),
  vat_id: v.exactOptional(clearable),
  language: v.exactOptional(clearable),
  currency: v.exactOptional(clearable),
  notes: v.exactOptional(clearable),
  external_id: v.exactOptional(clearable),
  source: v.exactOptional(clearable),
  metadata: v.exactOptional(MetadataChanges),
}

export const NewContact = v.strictObject({ name: v.string(), ...FIELDS })
export type NewContact = v.InferOutput<typeof NewContact>

export const ContactChanges = v.strictObject({
  name: v.exactOptional(v.string()),
  ...FIELDS,
  archived: v.exactOptional(v.boolean()),
})
export type ContactChanges = v.InferOutput<typeof ContactChanges>

export const NewMerge = v.strictObject({ source_id: v.string() })

export const ContactQuery = v.strictObject({
  ...PAGE,
  external_id: v.optional(v.string()),
  email: v.optional(v.string()),
  archived: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
    ),
  ),
})

export const ContactJson = v.object({
  id: v.string(),
  kind: v.picklist(['company', 'person']),
  name: v.string(),
  emails: v.array(v.string()),
  address: v.object({
    lines: v.array(v.string()),
    ...{ postcode: v.string(), town: v.string(), region: v.string() },
    country: v.pipe(v.string(), v.description('ISO 3166-1 alpha-2')),
  }),
  vat_id: v.string(),
  language: v.pipe(v.string(), v.description('BCP 47; empty for the language of the account')),
  currency: v.pipe(v.string(), v.description('ISO 4217; empty for the currency of the account')),
  notes: v.string(),
  external_id: v.nullable(v.string()),
  source: v.string(),
  metadata: MetadataJson,
  archived: v.boolean(),
  merged_into: v.pipe(v.nullable(v.string()), v.description('The contact that this one was merged into')),
  created_at: IsoTime,
  updated_at: IsoTime,
})
