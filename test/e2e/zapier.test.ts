/** Runs the Zapier integration in Zapier's own runtime, against the app on this machine. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, createAppHandler, createAppTester, version, type ZObject } from 'zapier-platform-core'
import { contactChoices, documentChoices } from '../../src/zapier/choices.ts'
import { createContact } from '../../src/zapier/create-contact.ts'
import { createDocument } from '../../src/zapier/create-document.ts'
import app from '../../src/zapier/index.ts'
import integration from '../../src/zapier/package.json' with { type: 'json' }
import { sendDocument } from '../../src/zapier/send-document.ts'
import { deliveryDelivered, deliveryFailed, documentReady } from '../../src/zapier/triggers.ts'
import { type Home, newHome, type Running, startFacteur, until } from './support/facteur.ts'

declare module 'zapier-platform-core' {
  /** Its types leave out what runs an integration at Zapier. */
  function createAppHandler(app: object): (event: { command: 'validate' }) => Promise<{ results: unknown[] }>
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into it as they expect it.
type Json = any
type Perform = (z: ZObject, bundle: Bundle) => Promise<Json>

/** What the API says of an external id that something else has. */
const TAKEN = 'Another one has this external id.'

const runtime = createAppTester(app)

let home: Home
let facteur: Running
let hooks: Server
/** What Zapier received, by the path of the Zap. */
const received = new Map<string, Json[]>()
let authData: { url: string; api_key: string }
beforeAll(async () => {
  home = await newHome()
  hooks = createServer(async (request, response) => {
    const path = request.url ?? ''
    received.set(path, [...(received.get(path) ?? []), JSON.parse(await text(request))])
    response.end()
  }).listen(0, '127.0.0.1')
  facteur = await startFacteur(home)
  authData = { url: `${home.appUrl}/`, api_key: /FACTEUR_KEY=(\S+)/.exec(facteur.output())?.[1] ?? '' }
})
afterAll(async () => {
  await facteur?.pressCtrlC()
  hooks?.close()
  home?.remove()
})

/** Runs a function of a trigger or action as Zapier does. */
async function run({ operation }: { operation: object }, name: string, bundle: Partial<Bundle> = {}): Promise<Json> {
  const method: Perform = Reflect.get(operation, name)
  return runtime(method, { authData, ...bundle })
}

const create = (action: { operation: object }, inputData: Bundle['inputData']) => run(action, 'perform', { inputData })

const hookUrl = (path: string) => `http://127.0.0.1:${(hooks.address() as AddressInfo).port}${path}`

async function endpoints(): Promise<Json[]> {
  const response = await fetch(`${home.appUrl}/api/v1/webhook-endpoints`, {
    headers: { authorization: `Bearer ${authData.api_key}` },
  })
  return ((await response.json()) as Json).data
}

it('is valid by the schema of Zapier, and names the version that it is tested with', async () => {
  // What their command line runs before it publishes.
  const { results } = await createAppHandler(app)({ command: 'validate' })
  expect(results).toEqual([])
  expect(integration.dependencies['zapier-platform-core']).toBe(version)
})

describe('a connection', () => {
  const connect = (wrong: Partial<typeof authData> = {}) =>
    run({ operation: app.authentication ?? {} }, 'test', { authData: { ...authData, ...wrong } })

  it('is tested by the account of its key', async () => {
    expect(await connect()).toMatchObject({ name: 'Atelier Croix-Rousse', mode: 'live' })
  })

  it('expires with a key that is unknown, and sends no key in clear text', async () => {
    await expect(connect({ api_key: 'fct_live_unknown' })).rejects.toThrow('The API key is unknown or revoked.')
    await expect(connect({ url: 'http://facteur.example.org' })).rejects.toThrow('The address must be that of Facteur')
  })
})

it('creates a contact and an invoice, sends it once, and hears what became of it', async () => {
  const zaps = { '/ready': documentReady, '/delivered': deliveryDelivered, '/failed': deliveryFailed }
  const before = await endpoints()
  const subscriptions = await Promise.all(
    Object.entries(zaps).map(([path, trigger]) => run(trigger, 'performSubscribe', { targetUrl: hookUrl(path) })),
  )
  const ids = subscriptions.map(({ id }) => id)
  expect((await endpoints()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
  expect(JSON.stringify(subscriptions)).not.toContain('whsec_')

  const person = { name: 'Librairie Passages', emails: ['delivered@simulator.test'], external_id: 'customer-z' }
  const contact = await create(createContact, { ...person, kind: 'company', town: 'Lyon', country: 'FR', notes: '' })
  expect(contact).toMatchObject({ ...person, kind: 'company', address: { town: 'Lyon', country: 'FR' } })
  expect(await create(createContact, person)).toEqual(contact)

  const lines = [{ description: 'Binding', quantity: '2', unit_price: '45.00', tax_rate: '20' }]
  const order = { type: 'invoice', contact_id: contact.id, lines, external_id: 'order-z' }
  const document = await create(createDocument, { ...order, currency: '', finalize: false })
  expect(document).toMatchObject({ state: 'draft', total: '108.00', external_id: 'order-z' })
  expect((await create(createDocument, order)).id).toBe(document.id)

  const mail = { document_id: document.id, subject: 'Invoice {{ document.number }}', external_id: 'mail-z' }
  const send = await create(sendDocument, { ...mail, to: ['delivered@simulator.test', 'bounce@simulator.test'] })
  expect(send.deliveries).toHaveLength(2)
  expect((await create(sendDocument, mail)).id).toBe(send.id)
  const other = await create(createDocument, { ...order, external_id: 'order-y' })
  await expect(create(sendDocument, { ...mail, document_id: other.id })).rejects.toThrow(TAKEN)
  await expect(create(createDocument, { ...order, type: 'receipt' })).rejects.toThrow(TAKEN)

  await until(() => Object.keys(zaps).every((path) => received.has(path)), 90_000)
  const [ready, delivered, failed] = Object.keys(zaps).map((path) => received.get(path))
  expect(ready).toMatchObject([{ type: 'document.finalized', data: { document: { id: document.id } } }])
  expect(delivered).toMatchObject([{ type: 'delivery.delivered', data: { send: { id: send.id } } }])
  const bounce = { address: 'bounce@simulator.test', state: 'bounced' }
  expect(failed).toMatchObject([{ type: 'delivery.bounced', data: { delivery: bounce } }])
  const started = await run(documentReady, 'perform', { cleanedRequest: ready?.[0] })
  expect(started).toEqual(ready)
  expect(await run(documentReady, 'perform', { cleanedRequest: delivered?.[0] })).toEqual([])
  for (const [path, trigger] of Object.entries(zaps))
    expect(await run(trigger, 'performList')).toEqual(expect.arrayContaining(received.get(path) ?? []))

  for (const id of ids) await run(documentReady, 'performUnsubscribe', { subscribeData: { id } })
  expect((await endpoints()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  await run(documentReady, 'performUnsubscribe', { subscribeData: { id: ids[0] } })
})

it('offers contacts and documents in menus', async () => {
  expect(await run(contactChoices, 'perform')).toContainEqual({
    id: expect.stringMatching(/^con_/),
    name: expect.any(String),
  })
  const [document] = await run(documentChoices, 'perform')
  expect(document.name).toMatch(/ · .+ · [\d.]+ EUR$/)
})

it('says which field is wrong', async () => {
  const refused = create(createContact, { name: 'Nobody', emails: ['no address'], country: 'France' })
  await expect(refused).rejects.toThrow(/emails\/0: .+[\s\S]*address\/country: /)
})
