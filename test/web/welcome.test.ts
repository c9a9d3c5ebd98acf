import { env } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_DAILY_QUOTA } from '../../src/domain/quota'
import { Client, signIn, textOf } from '../support/client'
import { freshStorage, rows } from '../support/database'

beforeAll(freshStorage)

async function newcomer(id: string): Promise<Client> {
  const client = new Client()
  await env.DB.prepare("INSERT INTO users (id, name, email) VALUES (?, '', ?)").bind(id, `${id}@facteur.test`).run()
  await signIn(client, id, null)
  client.headers['accept-language'] = 'fr-CH'
  return client
}

const companyFields = { legalName: 'Papeterie Blanc', name: 'Zoé Blanc', timeZone: 'Europe/Zurich' }

describe('a person without an account', () => {
  it('is asked for one, with data from their browser filled in', async () => {
    const client = await newcomer('user_a')
    const page = await client.follow(await client.get('/settings'))
    expect(page.status).toBe(200)
    expect(await textOf(page.clone())).toContain('Parlez-nous de votre entreprise')
    const response = await client.fillIn('/welcome', companyFields)
    expect(response.headers.get('location')).toBe('/settings/company')
    const [account] = await rows<{ company: string; settings: string }>('SELECT company, settings FROM accounts')
    expect(JSON.parse(account?.company ?? '')).toMatchObject({
      legalName: 'Papeterie Blanc',
      address: { country: 'CH' },
    })
    expect(JSON.parse(account?.settings ?? '')).toMatchObject({
      currency: 'CHF',
      language: 'fr',
      timeZone: 'Europe/Zurich',
      taxRates: [{ name: 'TVA 8,1 %', rate: '8.1' }, { rate: '0' }],
    })
    expect((await client.follow(response)).status).toBe(200)
  })

  it('may send as many mails a day as the constant says, not as the column of the first migration', async () => {
    const client = await newcomer('user_quota')
    await client.fillIn('/welcome', companyFields)
    const quotas = await rows(
      "SELECT daily_quota FROM accounts JOIN members ON organization_id = accounts.id WHERE user_id = 'user_quota'",
    )
    expect(quotas).toEqual([{ daily_quota: DEFAULT_DAILY_QUOTA }])
  })

  it('gets one account, however often the form is sent', async () => {
    const client = await newcomer('user_b')
    await Promise.all([client.fillIn('/welcome', companyFields), client.fillIn('/welcome', companyFields)])
    await client.post('/welcome', companyFields)
    expect(await rows("SELECT id FROM members WHERE user_id = 'user_b'")).toHaveLength(1)
  })

  it('gets the missing account of an organisation that they belong to already', async () => {
    const client = await newcomer('user_c')
    await env.DB.batch([
      env.DB.prepare("INSERT INTO organizations (id, name, slug, created_at) VALUES ('org_c', 'C', 'c', 0)"),
      env.DB.prepare(
        "INSERT INTO members (id, organization_id, user_id, role, created_at) VALUES ('m_c', 'org_c', 'user_c', 'owner', 0)",
      ),
    ])
    await client.fillIn('/welcome', companyFields)
    expect(await rows("SELECT id FROM accounts WHERE id = 'org_c'")).toHaveLength(1)
    expect(await rows("SELECT id FROM members WHERE user_id = 'user_c'")).toHaveLength(1)
  })

  it('must name company and country', async () => {
    const client = await newcomer('user_d')
    const page = await client.fillIn('/welcome', { legalName: '', country: '' })
    expect(page.status).toBe(422)
    expect(await rows("SELECT id FROM members WHERE user_id = 'user_d'")).toHaveLength(0)
  })
})
