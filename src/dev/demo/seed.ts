/** Makes the demo with the commands that pages use: the account, its customers, its documents and their mails. */

import { saveLogo } from '../../commands/accounts/save-logo'
import { createContact } from '../../commands/contacts/create-contact'
import type { Deps } from '../../commands/deps'
import { attachFile } from '../../commands/documents/attach-file'
import { createCreditNote } from '../../commands/documents/create-credit-note'
import { createDraft } from '../../commands/documents/create-draft'
import { finaliseDocument } from '../../commands/documents/finalise-document'
import { markPaid } from '../../commands/documents/mark-paid'
import { voidDocument } from '../../commands/documents/void-document'
import { addSuppression } from '../../commands/sends/add-suppression'
import { changeSubscription } from '../../commands/sends/change-subscription'
import { deliver } from '../../commands/sends/deliver'
import { dispatchDue } from '../../commands/sends/dispatch-due'
import { recordEvents } from '../../commands/sends/record-events'
import { sendDocument } from '../../commands/sends/send-document'
import { addLanguage } from '../../commands/translations/add-language'
import { saveLabels } from '../../commands/translations/save-labels'
import { resetTranslation, saveTranslation } from '../../commands/translations/save-translation'
import { listDocumentSends } from '../../db/document-sends'
import { findDocument } from '../../db/documents'
import { accounts, organization } from '../../db/schema'
import { dateIn } from '../../domain/calendar'
import { creditContent } from '../../domain/credit-note'
import type { DeliveryEvent } from '../../domain/delivery-event'
import type { DocumentContent } from '../../domain/document'
import { documentPrefix } from '../../domain/test-mode'
import { insertAccount, insertColleague, insertOwner } from './account'
import { demoAttachment } from './attachments'
import { IN_BULK, sendDemoInBulk } from './bulk'
import { DEMO_COLLEAGUES, DEMO_COMPANY, DEMO_SETTINGS, DEMO_USER } from './company'
import { DEMO_CONTACTS, DEMO_TWIN, type DemoContact, type MailOutcome } from './contacts'
import { contentOf } from './content'
import { insertDemoImport } from './import'
import { DEMO_LABELS } from './labels'
import { demoLogo } from './logo'
import { demoStories, type Story } from './stories'
import { DEMO_TEXTS } from './texts'
import { type TimeMachine, timeMachine } from './time-machine'

export const DEMO_ACCOUNT_ID = 'demo'
/** Index of the customer who unsubscribed. */
const UNSUBSCRIBED = 3
const BLOCKED_ADDRESS = 'ancien.client@bellecour.example'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Makes the demo once. Leaves an existing one unchanged and returns false. */
export async function seedDemo(deps: Deps): Promise<boolean> {
  const { db } = deps
  if (await db.$count(organization)) return false
  if (await db.$count(accounts)) throw new Error('The demo was left half made: npm run reset')
  const now = deps.now()
  const userId = crypto.randomUUID()
  const account = {
    ...{ id: DEMO_ACCOUNT_ID, company: DEMO_COMPANY, settings: DEMO_SETTINGS, createdAt: now - 200 * DAY_MS },
    // The demo's past has bounces and a complaint; without this date, one more bounce could pause its bulk and automatic mails.
    resumedAt: now,
  }
  await insertAccount(db, account)
  must(await saveLogo(deps, { accountId: DEMO_ACCOUNT_ID, actor: userId, bytes: demoLogo() }))
  await new DemoActivity(deps, userId).play(demoStories(now))
  await insertDemoImport(deps, { accountId: DEMO_ACCOUNT_ID, actor: userId })
  // The owner is inserted last, so that an interrupted seeding is noticed: until here the account has no people.
  await insertOwner(db, account, { id: userId, ...DEMO_USER })
  for (const colleague of DEMO_COLLEAGUES) await insertColleague(db, account, { id: crypto.randomUUID(), ...colleague })
  return true
}

class DemoActivity {
  private readonly real: Deps
  private readonly past: TimeMachine
  private readonly userId: string
  private readonly contactIds: string[] = []
  /** The latest document that was mailed to a contact, by the contact's index. */
  private readonly mailed = new Map<number, string>()

  constructor(deps: Deps, userId: string) {
    this.real = deps
    const unknownAddresses = DEMO_CONTACTS.filter(({ outcome }) => outcome === 'unknown').flatMap(
      ({ contact }) => contact.emails,
    )
    this.past = timeMachine(deps, deps.now() - 190 * DAY_MS, new Set(unknownAddresses))
    this.userId = userId
  }

  async play(stories: Story[]): Promise<void> {
    for (const { contact } of DEMO_CONTACTS) {
      this.past.now += DAY_MS
      const id = this.past.deps.newId('con')
      this.contactIds.push(await createContact(this.past.deps, { accountId: DEMO_ACCOUNT_ID, id, contact }))
    }
    await createContact(this.past.deps, {
      accountId: DEMO_ACCOUNT_ID,
      id: this.past.deps.newId('con'),
      contact: DEMO_TWIN,
    })
    await this.writeTexts()
    for (const story of stories) await this.playStory(story)
    this.past.now = this.real.now() - 8 * 60 * MINUTE_MS
    const inBulk = IN_BULK.flatMap((contact) => this.mailed.get(contact) ?? [])
    await sendDemoInBulk(this.past, { accountId: DEMO_ACCOUNT_ID, userId: this.userId }, inBulk)
    await this.refuseMails()
  }

  /**
   * Blocks an address by hand, unsubscribes a customer, and sends that customer another invoice, which is not
   * delivered.
   */
  private async refuseMails(): Promise<void> {
    const { past } = this
    const demo = DEMO_CONTACTS[UNSUBSCRIBED]
    const documentId = this.mailed.get(UNSUBSCRIBED)
    if (!demo || !documentId) throw new Error('no customer to unsubscribe')
    past.now = this.real.now() - 5 * 60 * MINUTE_MS
    must(await addSuppression(past.deps, { accountId: DEMO_ACCOUNT_ID, actor: this.userId, address: BLOCKED_ADDRESS }))
    const [delivery] = (await listDocumentSends(past.deps.db, DEMO_ACCOUNT_ID, documentId)).flatMap(
      (send) => send.deliveries,
    )
    if (!delivery) throw new Error(`${documentId} was not mailed`)
    const link = { accountId: DEMO_ACCOUNT_ID, documentId, deliveryId: delivery.id, address: delivery.address }
    await changeSubscription(past.deps, link, 'none')
    past.now += 2 * 60 * MINUTE_MS
    await this.sendThen(documentId, demo)
  }

  /** Changes a built-in text, and adds a language in which a text is still missing. */
  private async writeTexts(): Promise<void> {
    const { deps } = this.past
    const by = { accountId: DEMO_ACCOUNT_ID, actor: this.userId }
    for (const { language, kind, ...text } of DEMO_TEXTS.edited)
      must(await saveTranslation(deps, { ...by, language, kind, version: 0 }, text))
    must(await addLanguage(deps, { ...by, tag: DEMO_TEXTS.language, copyOf: 'en' }))
    for (const { kind, ...text } of DEMO_TEXTS.custom)
      must(await saveTranslation(deps, { ...by, language: DEMO_TEXTS.language, kind, version: 1 }, text))
    must(await resetTranslation(deps, { ...by, language: DEMO_TEXTS.language, kind: DEMO_TEXTS.missing, version: 1 }))
    must(await saveLabels(deps, { ...by, language: DEMO_TEXTS.language, version: 1 }, DEMO_LABELS))
  }

  private async playStory(story: Story): Promise<void> {
    const { past } = this
    const known = DEMO_CONTACTS[story.contact]
    const demo = known && (story.test ? simulated(known, story.test) : known)
    if (!demo) throw new Error(`no contact ${story.contact}`)
    past.now = story.at
    const documentId = await this.draft(story, contentOf(story, demo.contact))
    if (story.attaches) await this.attach(documentId, story.attaches)
    if (story.state === 'draft') return
    past.now += 2 * MINUTE_MS
    const key = { accountId: DEMO_ACCOUNT_ID, documentId, version: 1 }
    if (story.state === 'unsent') must(await finaliseDocument(past.deps, { ...key, actor: this.userId }))
    if (story.state === 'scheduled') await this.send(past.deps, documentId, demo, nextMorning(this.real.now()))
    if (story.state === 'now') await this.send(this.real, documentId, demo, null)
    if (story.state === 'sent' || story.state === 'resent') {
      await this.sendThen(documentId, demo)
      this.mailed.set(story.contact, documentId)
    }
    if (story.state === 'resent') {
      past.now += 8 * DAY_MS
      await this.sendThen(documentId, demo)
    }
    if (story.paidAfterDays !== undefined) await this.pay(documentId, story.at + story.paidAfterDays * DAY_MS)
    past.now = story.at + DAY_MS
    if (story.credited) await this.credit(documentId, story.credited, demo)
  }

  private async attach(documentId: string, which: 'leathers' | 'hours'): Promise<void> {
    const { deps } = this.past
    const place = { accountId: DEMO_ACCOUNT_ID, actor: this.userId, documentId, id: deps.newId('att') }
    must(await attachFile(deps, { ...place, ...demoAttachment(which) }))
  }

  private async draft(story: Story, content: DocumentContent): Promise<string> {
    const documentId = this.past.deps.newId(documentPrefix(story.test !== undefined))
    const contactId = this.contactIds[story.contact] ?? null
    const draft = {
      accountId: DEMO_ACCOUNT_ID,
      documentId,
      kind: story.kind ?? ('invoice' as const),
      actor: this.userId,
      contactId,
      content,
    }
    must(await createDraft(this.past.deps, draft))
    return documentId
  }

  private async send(deps: Deps, documentId: string, { contact }: DemoContact, scheduledFor: number | null) {
    must(
      await sendDocument(deps, {
        ...{ accountId: DEMO_ACCOUNT_ID, userId: this.userId, documentId, sendId: deps.newId('snd'), origin: 'manual' },
        ...{ recipients: contact.emails, language: contact.language, subject: null, body: null, attachPdf: true },
        ...{ scheduledFor, version: 1 },
      }),
    )
  }

  /** Sends a document in the past: the send, the tick, the delivery and the events that followed. */
  private async sendThen(documentId: string, demo: DemoContact): Promise<void> {
    const { past } = this
    await this.send(past.deps, documentId, demo, null)
    past.now += DEMO_SETTINGS.batchWindowMs + 20_000
    await dispatchDue(past.deps)
    past.now += 1500
    await deliver(past.deps, past.drainDispatched())
    past.now += 40_000
    const events = withOutcome(demo.outcome, past.drainEvents())
    if (events.length > 0) await recordEvents(past.deps, { connection: 'simulator', events })
  }

  /** Issues and mails a credit note, or leaves it a draft. */
  private async credit(documentId: string, how: 'part' | 'all' | 'draft', demo: DemoContact): Promise<void> {
    const { deps } = this.past
    const of = { accountId: DEMO_ACCOUNT_ID, actor: this.userId }
    const creditId = deps.newId('doc')
    if (how === 'all') must(await voidDocument(deps, { ...of, documentId, creditId }))
    else {
      const snapshot = (await findDocument(deps.db, DEMO_ACCOUNT_ID, documentId))?.snapshot
      if (!snapshot) throw new Error(`${documentId} is not issued`)
      const content = creditContent(snapshot.content, snapshot.language)
      const part = { ...content, lines: content.lines.slice(0, 1) }
      must(await createCreditNote(deps, { ...of, refersTo: documentId, documentId: creditId, content: part }))
      if (how === 'draft') return
      must(await finaliseDocument(deps, { ...of, documentId: creditId, version: 1 }))
    }
    await this.sendThen(creditId, demo)
  }

  private async pay(documentId: string, at: number): Promise<void> {
    this.past.now = at
    const paidOn = dateIn(at, DEMO_SETTINGS.timeZone)
    must(await markPaid(this.past.deps, { accountId: DEMO_ACCOUNT_ID, documentId, paidOn, actor: this.userId }))
  }
}

/** Replaces a customer's addresses by one of the simulator, as in test mode. */
const simulated = ({ contact }: DemoContact, outcome: 'delivered' | 'bounce'): DemoContact => ({
  outcome,
  contact: { ...contact, emails: [`${outcome}+test@simulator.test`] },
})

/**
 * Changes the simulator's events for outcomes that none of its addresses has: only deferred, and accepted without a
 * later event.
 */
function withOutcome(outcome: MailOutcome, events: DeliveryEvent[]): DeliveryEvent[] {
  if (outcome === 'accepted') return []
  if (outcome !== 'deferred') return events
  return events.map((event) => ({ ...event, class: 'deferred', text: '451 4.7.1 Greylisted, please try again later' }))
}

/** Returns 9:00 UTC, two days later. */
const nextMorning = (now: number): number => Math.floor(now / DAY_MS) * DAY_MS + 2 * DAY_MS + 9 * 3_600_000

function must(result: { ok: boolean }): void {
  if (!result.ok) throw new Error(`the demo was refused: ${JSON.stringify(result)}`)
}
