import { createExecutionContext, env } from 'cloudflare:test'
import PostalMime from 'postal-mime'
import { beforeEach, describe, expect, it } from 'vitest'
import { app } from '../../src/app'
import { deliver } from '../../src/commands/sends/deliver'
import { sendNotice } from '../../src/commands/sends/send-notice'
import type { Env } from '../../src/env'
import { createDkimKeyPair } from '../../src/mail/dkim'
import type { OutgoingMail } from '../../src/mail/mailer'
import { routes } from '../../src/routes'
import { wire } from '../../src/wire'
import { type Merchant, signUp, textOf } from '../support/client'
import { insertConnection } from '../support/connections'
import { freshStorage, row, rows } from '../support/database'
import { testDeps } from '../support/deps'
import { dns, strings } from '../support/dns'
import type { Zone } from '../support/dns-server'
import { leave, mailInvoice } from '../support/mailed'
import { invoiceFor, send } from '../support/sendable'
import { sink } from '../support/sink'
import { tick } from '../support/worker'

let merchant: Merchant

beforeEach(async () => {
  await freshStorage()
  await sink.clear()
  await dns.setZone({})
  merchant = await signUp()
})

/** A Worker with other variables. */
const workerWith = (variables: Record<string, string>) => ({
  fetch: (url: string, init: RequestInit) =>
    app.fetch(new Request(url, init), { ...(env as unknown as Env), ...variables }, createExecutionContext()),
})

const DMARC: Zone = { '_dmarc.shop.example': { txt: [['v=DMARC1; p=reject; adkim=s; aspf=s']] } }

const save = (address = 'billing@shop.example', by = merchant) => by.post(routes.senderSettings, { address })
const check = (by = merchant) => by.post(routes.senderChecks)
const page = async (by = merchant) => textOf(await by.get(routes.senderSettings))
const inUse = async (by = merchant) =>
  (await row<{ sender_address: string | null }>('SELECT sender_address FROM accounts WHERE id = ?', by.accountId))
    .sender_address

/** The records of an account's keys, newest first, as they are to be published. */
async function keyRecords(by = merchant): Promise<[name: string, text: string][]> {
  const keys = await rows<{ selector: string; domain: string; public_key: string }>(
    'SELECT selector, domain, public_key FROM sender_keys WHERE account_id = ? ORDER BY created_at DESC',
    by.accountId,
  )
  return keys.map((key) => [`${key.selector}._domainkey.${key.domain}`, `v=DKIM1; k=rsa; p=${key.public_key}`])
}

const zoneOf = (records: [string, string][]): Zone =>
  Object.fromEntries(records.map(([name, text]) => [name, { txt: [strings(text)] }]))

const publish = async (by = merchant) => dns.setZone({ ...zoneOf(await keyRecords(by)), ...DMARC })

async function verify(by = merchant): Promise<void> {
  await save('billing@shop.example', by)
  await publish(by)
  await check(by)
}

/** Moves the clock of what was checked back, and lets the tick look. */
async function laterCheck(ms: number): Promise<void> {
  await env.DB.exec(`UPDATE sender_domains SET failed_at = failed_at - ${ms}, checked_at = checked_at - ${ms}`)
  await env.DB.exec("UPDATE chores SET due_at = 1 WHERE kind = 'check_sender'")
  await tick()
}

async function lastMail() {
  const mail = (await sink.rawMails()).at(-1)
  const raw = mail?.raw ?? ''
  return { raw, envelope: mail, read: await PostalMime.parse(raw), verified: await dns.verify(raw) }
}

describe('an address of the account’s own', () => {
  it('shows the records to create, and is used once they are found: mails are signed and pass DMARC', async () => {
    await save()
    const [[name = '', text = ''] = []] = await keyRecords()
    const shown = await (await merchant.get(routes.senderSettings)).text()
    for (const part of [name, text, '_dmarc.shop.example', 'v=DMARC1; p=none']) expect(shown).toContain(part)
    expect(shown).toMatch(/<input id="name-[^"]+"[^>]* readonly/)
    expect(await inUse()).toBe(null)

    await publish()
    await check()
    expect(await inUse()).toBe('billing@shop.example')
    expect(await page()).toContain('E-mails leave from billing@shop.example.')

    const documentId = await mailInvoice(merchant)
    const { read, envelope, verified } = await lastMail()
    expect(read.from?.address).toBe('billing@shop.example')
    expect(read.from?.name).not.toContain('via Facteur')
    expect(read.replyTo?.[0]?.address).toBeDefined()
    expect(envelope?.from).toBe('notifications@mail.facteur.test')
    expect(verified.dkim).toMatchObject([{ domain: 'shop.example', result: 'pass' }])
    expect(verified.dmarc).toBe('pass')
    expect(await textOf(await merchant.get(routes.document(documentId)))).toContain('From: billing@shop.example')
  })

  it('is checked by itself: soon after it was added', async () => {
    await save()
    await publish()
    await tick()
    expect(await inUse()).toBe('billing@shop.example')
    const { due_at } = await row<{ due_at: number }>("SELECT due_at FROM chores WHERE kind = 'check_sender'")
    expect(due_at).toBeGreaterThan(Date.now() + 23 * 3_600_000)
  })

  it('is not used before: mails leave from the platform’s address, replies go to the account', async () => {
    await save()
    await check()
    const documentId = await mailInvoice(merchant)
    const { read, verified } = await lastMail()
    expect(read.from?.address).toBe('notifications@mail.facteur.test')
    expect(read.replyTo).toHaveLength(1)
    expect(verified.dkim.map(({ result }) => result)).not.toContain('pass')
    expect(await textOf(await merchant.get(routes.document(documentId)))).toContain('this installation’s address')
  })

  it.each<[string, (name: string, text: string) => Zone, string]>([
    ['of another key', (name) => ({ [name]: { txt: [['v=DKIM1; k=rsa; p=AAAA']] } }), 'Wrong'],
    ['that is there twice', (name, text) => ({ [name]: { txt: [strings(text), ['v=DKIM1; p=AAAA']] } }), 'Wrong'],
    ['of another name', (name, text) => ({ [name]: { lie: text } }), 'Missing'],
    ['that DNS does not answer', (name) => ({ [name]: { code: 2 } }), 'DNS did not answer'],
    ['behind garbage', (name) => ({ [name]: { status: 200, body: 'garbage' } }), 'DNS did not answer'],
  ])('is not used with a record %s', async (_, zone, state) => {
    await save()
    const [[name = '', text = ''] = []] = await keyRecords()
    await dns.setZone({ ...zone(name, text), ...DMARC })
    await check()
    expect(await inUse()).toBe(null)
    expect(await page()).toContain(state)
  })

  it('may have its record behind an alias, and shows what a wrong one says without believing its markup', async () => {
    await save()
    const [[name = '', text = ''] = []] = await keyRecords()
    await dns.setZone({ [name]: { cname: 'keys.example' }, 'keys.example': { txt: [strings(text)] } })
    await check()
    expect(await inUse()).toBe('billing@shop.example')
    await dns.setZone({ [name]: { txt: [['<script>alert(1)</script>']] } })
    await check()
    const shown = await (await merchant.get(routes.senderSettings)).text()
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(shown).not.toContain('<script>alert(1)')
  })

  it('goes out of use when its record was missed twice, an hour apart; owners and admins are told', async () => {
    await verify()
    await dns.setZone(DMARC)
    await check()
    await check()
    expect(await inUse()).toBe('billing@shop.example')
    expect(await page()).toContain('was not found at the latest check')
    await laterCheck(3_600_000)
    expect(await inUse()).toBe(null)
    const [notice] = await sink.rawMails()
    const read = await PostalMime.parse(notice?.raw ?? '')
    expect(notice?.to).toEqual(merchant.email)
    expect(read.text).toContain('billing@shop.example')
    expect(read.text).toContain(routes.senderSettings)
    await laterCheck(3_600_000)
    expect(await sink.mails()).toHaveLength(1)

    await mailInvoice(merchant)
    expect((await lastMail()).read.from?.address).toBe('notifications@mail.facteur.test')
    await publish()
    await check()
    expect(await inUse()).toBe('billing@shop.example')
  })

  it('stays in use while DNS does not answer, and when the record is back at the second look', async () => {
    await verify()
    const [[name = ''] = []] = await keyRecords()
    await dns.setZone({ [name]: { code: 2 } })
    await check()
    await laterCheck(86_400_000)
    expect(await inUse()).toBe('billing@shop.example')
    await dns.setZone({})
    await check()
    await publish()
    await laterCheck(3_600_000)
    await dns.setZone({})
    await check()
    expect(await inUse()).toBe('billing@shop.example')
  })

  it('makes mails anew that were made under it and have not left, once it is out of use', async () => {
    await verify()
    const documentId = await invoiceFor(merchant, { contact: { emails: ['defer-451-4.2.0@customer.example'] } })
    await send(merchant, documentId)
    await leave()
    const from = () => row('SELECT status, sender_address AS sender FROM deliveries')
    expect(await from()).toEqual({ status: 'queued', sender: 'billing@shop.example' })
    await merchant.post(routes.senderRemoval)
    await leave()
    expect(await from()).toEqual({ status: 'queued', sender: null })
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries')
    const stored = await PostalMime.parse(await (await merchant.get(routes.deliveryMailFile(documentId, id))).text())
    expect(stored.from?.address).toBe('notifications@mail.facteur.test')
    expect(await rows('SELECT * FROM sender_keys')).toEqual([])
  })

  it('can be another one of the same domain at once; one of another domain begins anew', async () => {
    await verify()
    await save('hello@shop.example')
    expect(await inUse()).toBe('hello@shop.example')
    await save('hello@other.example')
    expect(await inUse()).toBe(null)
    expect(await rows('SELECT domain FROM sender_keys')).toEqual([{ domain: 'other.example' }])
    const audit = await textOf(await merchant.get(routes.auditList))
    expect(audit).toMatch(/saved a sender address[\s\S]*From address[\s\S]*hello@other\.example/)
  })

  it.each([
    ['anna@gmail.com', 'belongs to a mailbox provider'],
    ['anna@WEB.DE', 'belongs to a mailbox provider'],
    ['anna@mail.facteur.test', 'this installation’s own domain'],
    ['anna@sub.mail.facteur.test', 'this installation’s own domain'],
    ['no address', 'address'],
    ['', 'required'],
  ])('is refused with its reason: “%s”', async (address, reason) => {
    const response = await save(address)
    expect(response.status).toBe(422)
    expect(await textOf(response)).toContain(reason)
    expect(await rows('SELECT * FROM sender_domains')).toEqual([])
  })

  it('keeps its private key sealed, and shows and logs it nowhere', async () => {
    await save()
    const { private_key } = await row<{ private_key: string }>('SELECT private_key FROM sender_keys')
    expect(private_key).toMatch(/^test:/)
    expect(await (await merchant.get(routes.senderSettings)).text()).not.toContain(private_key)
  })

  it('lets mails leave from the platform’s address where its key can no longer be opened', async () => {
    await verify()
    await env.DB.exec("UPDATE sender_keys SET private_key = 'gone:AAAA:AAAA'")
    await mailInvoice(merchant)
    expect((await lastMail()).read.from?.address).toBe('notifications@mail.facteur.test')
  })
})

describe('an address where others than the deployment’s mail server carry the mails', () => {
  it('is not used over a provider that does not know the domain', async () => {
    await verify()
    const documentId = await invoiceFor(merchant, { contact: { emails: ['anna@customer.example'] } })
    await send(merchant, documentId)
    await env.DB.exec("UPDATE deliveries SET status = 'dispatched', rank = 1, due_at = 4000000000000")
    const { config } = testDeps()
    const deps = testDeps({ config: { ...config, provider: { kind: 'resend', apiKey: 're_test' } } })
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries')
    await deliver(deps, [id])
    expect(await row('SELECT status, sender_address FROM deliveries')).toEqual({ status: 'sent', sender_address: null })
    merchant.worker = workerWith({ MAIL_PROVIDER: 'resend', MAIL_API_KEY: 're_test' })
    expect(await page()).toContain('can’t send from other domains')
  })

  it.each([
    ['of the same domain', 'hello@shop.example', 'shop.example'],
    ['of another domain', 'hello@elsewhere.example', undefined],
  ])('signs mails over the account’s own mail server only from an address %s', async (_, from, domain) => {
    await verify()
    await insertConnection(merchant.accountId, 'mcn_1')
    const settings = { from, host: 'mail.shop.example', port: '465', user: '' }
    await env.DB.prepare("UPDATE provider_connections SET kind = 'smtp', settings = ?")
      .bind(JSON.stringify(settings))
      .run()
    const documentId = await invoiceFor(merchant, { contact: { emails: ['anna@customer.example'] } })
    await send(merchant, documentId)
    await env.DB.exec(
      "UPDATE deliveries SET connection = 'mcn_1', status = 'dispatched', rank = 1, due_at = 4000000000000",
    )
    const left: OutgoingMail[] = []
    const mailer = () => ({
      send: async (mail: OutgoingMail) => {
        left.push(mail)
        return { type: 'accepted', providerMessageId: '', text: '' } as const
      },
      close: () => {},
    })
    const { id } = await row<{ id: string }>('SELECT id FROM deliveries')
    await deliver(testDeps({ mailer }), [id])
    expect(left.map((mail) => [mail.from, mail.dkim?.domain])).toEqual([[from, domain]])
  })
})

describe('a domain of several accounts', () => {
  it('belongs to the first that proved it; a claim without proof is worth nothing', async () => {
    const other = await signUp()
    await save('billing@shop.example', other)
    await verify()
    await check(other)
    expect(await inUse(other)).toBe(null)
    expect(await inUse()).toBe('billing@shop.example')

    await dns.setZone({ ...zoneOf([...(await keyRecords()), ...(await keyRecords(other))]) })
    await check(other)
    expect(await inUse(other)).toBe(null)
    expect(await page(other)).toContain('Another account uses shop.example')
    await merchant.post(routes.senderRemoval)
    await check(other)
    expect(await inUse(other)).toBe('billing@shop.example')
  })

  it('changes nothing of another account by its pages', async () => {
    await verify()
    const other = await signUp()
    const [{ selector } = { selector: '' }] = await rows<{ selector: string }>('SELECT selector FROM sender_keys')
    for (const path of [
      routes.senderKeyRemoval(selector),
      routes.senderRemoval,
      routes.senderKeys,
      routes.senderChecks,
    ])
      await other.post(path)
    expect(await inUse()).toBe('billing@shop.example')
    expect(await keyRecords()).toHaveLength(1)
    expect(await keyRecords(other)).toEqual([])
  })
})

describe('a new key', () => {
  it('signs once its record is found; then the old one can be removed', async () => {
    await verify()
    const [old] = await keyRecords()
    await env.DB.exec('UPDATE sender_keys SET created_at = created_at - 1000')
    await merchant.post(routes.senderKeys)
    await merchant.post(routes.senderKeys)
    const [newest, second] = await keyRecords()
    expect(await keyRecords()).toHaveLength(2)
    expect(second).toEqual(old)
    await check()
    await mailInvoice(merchant)
    const selectorOf = ([name = '']: string[] = []) => name.split('.')[0]
    expect((await lastMail()).verified.dkim).toMatchObject([{ selector: selectorOf(old), result: 'pass' }])

    // The key that signs stays.
    await merchant.post(routes.senderKeyRemoval(selectorOf(old) ?? ''))
    expect(await keyRecords()).toHaveLength(2)

    await publish()
    await check()
    expect(await page()).toContain('This key no longer signs')
    await mailInvoice(merchant)
    expect((await lastMail()).verified.dkim).toMatchObject([{ selector: selectorOf(newest), result: 'pass' }])
    await merchant.post(routes.senderKeyRemoval(selectorOf(old) ?? ''))
    expect(await keyRecords()).toEqual([newest])
    expect(await inUse()).toBe('billing@shop.example')
  })
})

describe('the page', () => {
  it('shows everything to a viewer and offers nothing', async () => {
    await verify()
    const viewer = await signUp({ accountId: merchant.accountId, role: 'viewer' })
    const shown = await (await viewer.get(routes.senderSettings)).text()
    expect(shown).toContain('billing@shop.example')
    expect(shown).not.toContain(`action="${routes.senderChecks}"`)
    for (const path of [routes.senderSettings, routes.senderChecks, routes.senderKeys, routes.senderRemoval])
      expect((await viewer.post(path, { address: 'a@b.example' })).status).toBe(403)
    expect(await inUse()).toBe('billing@shop.example')
  })

  it('shows the domain’s SPF record with the servers of the deployment added', async () => {
    await save()
    await dns.setZone({ 'shop.example': { txt: [['v=spf1 mx -all']] } })
    merchant.worker = workerWith({ SPF_INCLUDE: '_spf.facteur.test' })
    await check()
    const shown = await (await merchant.get(routes.senderSettings)).text()
    expect(shown).toContain('value="v=spf1 mx include:_spf.facteur.test -all"')
    expect(shown).toContain('v=spf1 mx -all</code>')
  })

  it('says whether mails that can’t be delivered come back', async () => {
    await save()
    expect(await page()).toContain('reads no bounce e-mails')
    merchant.worker = workerWith({ BOUNCE_DOMAIN: 'bounces.facteur.test' })
    expect(await page()).toContain('come back to this installation')
  })

  it('limits how often somebody can ask for a check', async () => {
    await save()
    await env.DB.prepare('INSERT INTO notice_counts (account_id, kind, day, used) VALUES (?, ?, ?, 200)')
      .bind(merchant.accountId, 'sender_check', new Date().toISOString().slice(0, 10))
      .run()
    await dns.setZone({})
    expect(await textOf(await merchant.follow(await check()))).toContain('often enough for today')
    expect(await dns.queries()).toEqual([])
  })
})

describe('the platform’s own key', () => {
  it('signs mails from the platform’s address, notices too', async () => {
    const { publicKey, privateKey } = await createDkimKeyPair()
    const signing = {
      ...(env as unknown as Env),
      DKIM_KEY: `-----BEGIN PRIVATE KEY-----\n${privateKey}\n-----END PRIVATE KEY-----`,
      DKIM_SELECTOR: 'facteur',
    }
    await dns.setZone(zoneOf([['facteur._domainkey.mail.facteur.test', `v=DKIM1; k=rsa; p=${publicKey}`]]))
    const wired = wire(signing)
    if ('wrong' in wired) throw new Error(wired.wrong.join())
    await sendNotice(
      wired.deps,
      { kind: 'sign_in', link: 'http://facteur.test/sign-in/links/x' },
      { to: 'anna@shop.example', language: 'en' },
    )
    expect((await lastMail()).verified.dkim).toMatchObject([{ domain: 'mail.facteur.test', result: 'pass' }])
  })
})

describe('the page on deliverability', () => {
  const deliverability = async (by = merchant) => textOf(await by.get(routes.deliverability))
  const insertDeliveries = async (status: string, count: number, changes = '') => {
    const documentId = await invoiceFor(merchant)
    const statement = env.DB.prepare(
      `INSERT INTO deliveries (id, account_id, document_id, send_id, address, purpose, connection, status, rank, priority, created_at)
      VALUES (?, ?, ?, 'snd_1', 'a@b.example', 'customer', 'deployment', ?, 6, 0, 1)`,
    )
    const { deps } = wiredDeps()
    await env.DB.batch(
      Array.from({ length: count }, () =>
        statement.bind(deps.newId('dlv') + changes, merchant.accountId, documentId, status),
      ),
    )
  }
  const wiredDeps = () => {
    const wired = wire(env as unknown as Env)
    if ('wrong' in wired) throw new Error(wired.wrong.join())
    return wired
  }

  it('says who sends, from which address, and what DNS says of the platform’s domain', async () => {
    await dns.setZone({ 'mail.facteur.test': { txt: [['v=spf1 mx -all']] } })
    const shown = await deliverability()
    expect(shown).toContain('This installation’s service')
    expect(shown).toContain('notifications@mail.facteur.test')
    expect(shown).toMatch(/SPF\s*Found/)
    expect(shown).toMatch(/DMARC\s*Missing/)
    expect(shown).toContain('No e-mail to a customer has left in this time.')
  })

  it('shows the account’s own address with its signature, and its own provider where it has one', async () => {
    await verify()
    expect(await deliverability()).toMatch(/billing@shop\.example[\s\S]*DKIM\s*Found[\s\S]*DMARC\s*Found/)
    await insertConnection(merchant.accountId, 'mcn_1')
    expect(await deliverability()).toMatch(/Resend[\s\S]*as your provider signs/)
  })

  it('shows the signature of a provider that publishes it under a name of its own, and calls no SPF record missing', async () => {
    await insertConnection(merchant.accountId, 'mcn_1')
    const { settings } = await row<{ settings: string }>('SELECT settings FROM provider_connections')
    const domain = JSON.parse(settings).from.split('@')[1]
    await dns.setZone({ [`resend._domainkey.${domain}`]: { txt: [['p=MIGfMA0G']] } })
    const shown = await deliverability()
    expect(shown).toMatch(/SPF\s*checked for the return path/)
    expect(shown).toMatch(/DKIM\s*Found/)
    const records = await page()
    expect(records).toContain('those that your provider lists')
    expect(records).not.toContain('can’t send from other domains')
  })

  it('looks SPF up for the domain of the return path', async () => {
    merchant.worker = workerWith({ BOUNCE_DOMAIN: 'bounces.facteur.test' })
    await dns.setZone({ 'mail.facteur.test': { txt: [['v=spf1 mx -all']] } })
    expect(await deliverability()).toMatch(/SPF\s*Missing/)
    await dns.setZone({ 'bounces.facteur.test': { txt: [['v=spf1 mx -all']] } })
    expect(await deliverability()).toMatch(/SPF\s*Found/)
  })

  it('compares bounces and complaints with the limits of Gmail and Yahoo', async () => {
    await insertDeliveries('delivered', 996)
    await insertDeliveries('complained', 2)
    await insertDeliveries('bounced', 2)
    const shown = await deliverability()
    expect(shown).toMatch(/E-mails that left\s*1,000/)
    expect(shown).toMatch(/Reported as delivered\s*99\.8\s?%/)
    expect(shown).toMatch(/Marked as spam\s*0\.2\s?%\s*High/)
    expect(shown).toMatch(/Address does not exist\s*0\.2\s?%\s*Good/)
    await insertDeliveries('complained', 3)
    expect(await deliverability()).toMatch(/Marked as spam\s*0\.5\s?%\s*Too high/)
    expect(await deliverability(await signUp())).toContain('No e-mail to a customer')
  })

  it('shows counts and judges nothing as long as fewer than fifty mails have left', async () => {
    await insertDeliveries('delivered', 48)
    await insertDeliveries('bounced', 1)
    const shown = await deliverability()
    expect(shown).toMatch(/E-mails that left\s*49/)
    expect(shown).toMatch(/Address does not exist\s*1/)
    expect(shown).toContain('Too few e-mails to judge')
    expect(shown).not.toMatch(/Good|High|Too high|%/)
    await insertDeliveries('delivered', 1)
    expect(await deliverability()).toMatch(/Address does not exist\s*2\s?%\s*High/)
  })

  it('says nothing of DNS that does not answer', async () => {
    await dns.setZone({ 'mail.facteur.test': { code: 2 }, '_dmarc.mail.facteur.test': { status: 200, body: '?' } })
    expect(await deliverability()).toMatch(/SPF\s*DNS did not answer/)
  })
})
