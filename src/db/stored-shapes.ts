/** The shapes of JSON columns, including field names of earlier versions. */
import * as v from 'valibot'
import { API_SCOPES, type ApiScope } from '../domain/api-key'
import type { DocumentAttachment } from '../domain/attachment'
import type { Change } from '../domain/audit'
import type { BulkSource, Tally } from '../domain/bulk-send'
import type { AccountSettings, Address, Company } from '../domain/company'
import type { ImportChoices, ImportPlan } from '../domain/contact-import'
import type { MergeRecord } from '../domain/contact-merge'
import type { DeliveryEvent } from '../domain/delivery-event'
import type { DocumentContent, DocumentSnapshot } from '../domain/document'
import type { Labels, LabelTexts } from '../domain/labels'
import type { Logo } from '../domain/logo'
import type { Metadata } from '../domain/metadata'
import { OUTGOING_EVENTS, type OutgoingEventData, type OutgoingEventType } from '../domain/outgoing-event'
import type { PublicSettings } from '../domain/provider-connection'
import type { Retention } from '../domain/retention'
import type { CheckedRecord } from '../domain/sender-records'
import type { Party } from '../domain/stripe/facts'
import type { Shortcoming } from '../domain/stripe/shortcoming'
import type { CallAttempt } from '../domain/webhook-call'
import { type StoredShape, storedShape } from './read-json'

const anObject = v.looseObject({})
const strings = v.array(v.string())

export const COMPANY = storedShape<Company>('company', v.looseObject({ legalName: v.string(), email: v.string() }))
export const LOGO = storedShape<Logo>(
  'logo',
  v.looseObject({ sha256: v.string(), width: v.number(), height: v.number() }),
)
export const ADDRESS = storedShape<Address>('address', v.looseObject({ lines: strings, country: v.string() }))
export const STRINGS = storedShape<string[]>('list of texts', strings)
export const LABEL_TEXTS = storedShape<LabelTexts>('labels', v.record(v.string(), v.string()))
export const CHANGES = storedShape<Change[]>('changes', v.array(anObject))
export const PARTY = storedShape<Party>('customer', anObject)
export const SHORTCOMINGS = storedShape<Shortcoming[]>('shortcomings', v.array(anObject))
export const HISTORY_DATA = storedShape<Record<string, string | number>>('history', anObject)
export const MERGE_RECORD = storedShape<MergeRecord>('merge', v.looseObject({ before: anObject, after: anObject }))
export const IMPORT_CHOICES = storedShape<ImportChoices>('import choices', anObject)
export const IMPORT_PLAN = storedShape<ImportPlan>('import plan', anObject)
export const BULK_SOURCE = storedShape<BulkSource>('bulk source', v.looseObject({ from: v.string() }))
export const TALLY = storedShape<Tally>(
  'tally',
  v.record(v.string(), v.looseObject({ documents: v.number(), addresses: v.number() })),
)
export const PROVIDER_SETTINGS = storedShape<PublicSettings>(
  'provider settings',
  v.intersect([v.object({ from: v.string() }), v.record(v.string(), v.string())]),
)

export const API_SCOPE_LIST = storedShape<ApiScope[]>('scopes', v.array(v.picklist(API_SCOPES)))
export const RESPONSE_HEADERS = storedShape<Record<string, string>>('headers', v.record(v.string(), v.string()))
export const CHECKED_RECORDS = storedShape<CheckedRecord[]>(
  'DNS records',
  v.array(v.looseObject({ kind: v.string(), name: v.string(), state: v.string(), seen: v.string() })),
)

export const EVENT_TYPES = storedShape<OutgoingEventType[]>('event types', v.array(v.picklist(OUTGOING_EVENTS)))
export const OUTGOING_EVENT_DATA = storedShape<OutgoingEventData>('outgoing event', anObject)
export const CALL_LOG = storedShape<CallAttempt[]>(
  'attempts',
  v.array(v.looseObject({ at: v.number(), text: v.string() })),
)

export const METADATA = storedShape<Metadata>('metadata', v.record(v.string(), v.string()))

export const EVENT = storedShape<unknown>('event', v.unknown())

/** A kept event of a provider, parsed before it was written. */
export const DELIVERY_EVENT = storedShape<DeliveryEvent>(
  'delivery event',
  v.looseObject({ key: v.string(), class: v.string(), deliveryId: v.string(), at: v.number(), text: v.string() }),
)

export const ATTACHMENTS = storedShape<DocumentAttachment[]>(
  'attachments',
  v.array(
    v.looseObject({ id: v.string(), key: v.string(), name: v.string(), type: v.string(), mailBytes: v.number() }),
  ),
)

const content = v.looseObject({ lines: v.array(anObject), currency: v.string() })
export const CONTENT = storedShape<DocumentContent>('content', content)

type StoredSnapshot = Omit<DocumentSnapshot, 'number'>

const snapshot = storedShape<StoredSnapshot & { wording?: Labels }>(
  'document snapshot',
  v.looseObject({
    kind: v.string(),
    language: v.string(),
    currency: v.string(),
    seller: anObject,
    buyer: v.looseObject({ name: v.string() }),
    content,
    totals: v.looseObject({ total: v.number() }),
  }),
)

/** Shape of document snapshots. Those of earlier versions have `wording` instead of `labels`. */
export const SNAPSHOT: StoredShape<StoredSnapshot> = {
  name: snapshot.name,
  schema: v.pipe(
    snapshot.schema,
    v.transform(({ wording, ...rest }) => (wording ? { ...rest, labels: wording } : rest)),
  ),
}

const settings = storedShape<AccountSettings & { keeping?: Retention }>(
  'settings',
  v.looseObject({
    currency: v.string(),
    language: v.string(),
    timeZone: v.string(),
    languages: v.optional(strings),
  }),
)

/** Shape of account settings. Those of earlier versions have `keeping` instead of `retention`. */
export const SETTINGS: StoredShape<AccountSettings> = {
  name: settings.name,
  schema: v.pipe(
    settings.schema,
    v.transform(({ keeping, ...rest }) => (keeping ? { retention: keeping, ...rest } : rest)),
  ),
}
