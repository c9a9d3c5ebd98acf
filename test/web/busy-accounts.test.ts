import { env } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { routes } from '../../src/routes'
import { formFields, type Merchant, signUp, textOf } from '../support/client'
import { freshStorage } from '../support/database'
import { fileOf } from '../support/files'
import { plainPng } from '../support/pictures'

const REFUSED = 'Several changes were made here at the same moment, and this one was not saved.'

let merchant: Merchant

/** Lets every change of an account come too late, as if another request had always been first. */
const comeLate = () =>
  env.DB.exec('CREATE TRIGGER always_late BEFORE UPDATE ON accounts BEGIN SELECT RAISE(IGNORE); END')
const comeFirst = () => env.DB.exec('DROP TRIGGER IF EXISTS always_late')

beforeEach(async () => {
  await freshStorage()
  merchant = await signUp()
})
afterEach(comeFirst)

describe('a change that other requests always overtake', () => {
  it.each([
    [routes.companySettings, { phone: '+33 1 11' }],
    [routes.mailSettings, { batchWindowMs: '600000' }],
  ])('is refused at %s, which keeps what was typed and can be posted again', async (path, typed) => {
    await comeLate()
    const page = await merchant.fillIn(path, typed)
    expect(page.status).toBe(422)
    expect(await textOf(page.clone())).toContain(REFUSED)
    await comeFirst()
    expect((await merchant.post(path, await formFields(page, path))).status).toBe(303)
    expect(await formFields(await merchant.get(path), path)).toMatchObject(typed)
  })

  it('is refused for logos, too', async () => {
    const choose = () => merchant.upload(routes.logoSettings, { logo: fileOf(plainPng(), 'logo.png') })
    await comeLate()
    expect(await textOf(await choose())).toContain(REFUSED)
    await comeFirst()
    expect((await choose()).status).toBe(303)
    await comeLate()
    expect(await textOf(await merchant.follow(await merchant.post(routes.logoRemoval, {})))).toContain(REFUSED)
  })

  it('is refused for languages, too', async () => {
    const add = () => merchant.fillIn(routes.translations, { tag: 'pl', copyOf: 'en' })
    await comeLate()
    expect(await textOf(await add())).toContain(REFUSED)
    await comeFirst()
    expect((await add()).status).toBe(303)
    await comeLate()
    expect(await textOf(await merchant.follow(await merchant.post(routes.languageDeletion('pl'), {})))).toContain(
      REFUSED,
    )
  })
})
