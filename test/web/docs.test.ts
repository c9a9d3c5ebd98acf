import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/api/operations'
import { PROBLEMS } from '../../src/api/problem-codes'
import { slugOf } from '../../src/web/docs/reference-page'
import { freshStorage } from '../support/database'

beforeAll(freshStorage)

const read = async (path: string) => {
  const response = await exports.default.fetch(`http://facteur.test${path}`)
  return { status: response.status, text: await response.text() }
}

describe('the reference of the API', () => {
  it('is read without an account, and begins with a request', async () => {
    const { status, text } = await read('/docs')
    expect(status).toBe(200)
    expect(text).toContain('curl http://facteur.test/api/v1/account')
  })

  it('describes every operation on the page of its resource', async () => {
    const pages = new Map<string, string>()
    for (const { tag, id, summary } of operations) {
      const path = `/docs/${slugOf(tag)}`
      const text = pages.get(path) ?? (await read(path)).text
      pages.set(path, text)
      expect(text).toContain(`id="${id}"`)
      expect(text).toContain(summary)
    }
  })

  it('has a place for the type of every problem', async () => {
    const { text } = await read('/docs/errors')
    for (const code of Object.keys(PROBLEMS)) expect(text).toContain(`id="${code}"`)
  })

  it('of a resource that does not exist is not found', async () => {
    expect((await read('/docs/nothing')).status).toBe(404)
  })
})
