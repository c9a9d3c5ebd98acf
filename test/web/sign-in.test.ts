import { beforeAll, describe, expect, it } from 'vitest'
import { Client, signUp, textOf } from '../support/client'
import { freshStorage } from '../support/database'

beforeAll(freshStorage)

describe('sign-in', () => {
  it('sends a person who is signed in on to where they wanted to go, but never off this site', async () => {
    const merchant = await signUp()
    const target = async (to: string) =>
      (await merchant.get(`/sign-in?to=${encodeURIComponent(to)}`)).headers.get('location')
    expect(await target('/contacts?q=a')).toBe('/contacts?q=a')
    expect(await target('//evil.example')).toBe('/documents')
    expect(await target('/\\evil.example')).toBe('/documents')
    expect(await target('https://evil.example')).toBe('/documents')
  })

  it('names what is wrong with an address and keeps what was typed', async () => {
    const page = await new Client().fillIn('/sign-in', { email: 'anna(at)example.org' })
    expect(page.status).toBe(422)
    expect(await page.clone().text()).toContain('value="anna(at)example.org"')
    expect(await textOf(page)).toContain('is not an e-mail address')
  })
})
