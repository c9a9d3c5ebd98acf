import { afterEach, describe, expect, it, vi } from 'vitest'
import { snsNetwork } from '../../../src/webhooks/providers/sns-network'

afterEach(() => vi.unstubAllGlobals())

const URL_OF_AMAZON = 'https://sns.eu-west-1.amazonaws.com/x.pem'

function answering(response: Response) {
  const requests: (RequestInit | undefined)[] = []
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    requests.push(init)
    return response
  })
  return requests
}

describe('what SNS needs of the network', () => {
  it('is the text of an answer, without following a redirect', async () => {
    const requests = answering(new Response('a certificate'))
    expect(await snsNetwork().fetchText(URL_OF_AMAZON)).toBe('a certificate')
    expect(requests[0]?.redirect).toBe('manual')
  })

  it('is nothing of a redirect, an error or a page that is too large', async () => {
    const answers = [
      new Response('x', { status: 302, headers: { location: 'https://evil.example/x.pem' } }),
      new Response('x', { status: 503 }),
      new Response('x', { headers: { 'content-length': '1000000' } }),
    ]
    for (const answer of answers) {
      answering(answer)
      expect(await snsNetwork().fetchText(URL_OF_AMAZON)).toBeUndefined()
    }
  })
})
