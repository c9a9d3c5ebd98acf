/** Signs in to a mail server (RFC 4954) by the first of the ways that both sides know. */
import { createHmac } from 'node:crypto'

export type Ask = (line: string) => Promise<{ code: number; text: string }>

export interface SignInReply {
  /** `AUTH PLAIN`: part of the error, without credentials. */
  command: string
  code: number
  text: string
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Each line after the first answers a 334 of the server. */
const WAYS: Record<
  string,
  (user: string, pass: string) => [first: string, ...answers: ((challenge: string) => string)[]]
> = {
  PLAIN: (user, pass) => [`AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`],
  LOGIN: (user, pass) => ['AUTH LOGIN', () => base64(user), () => base64(pass)],
  'CRAM-MD5': (user, pass) => [
    'AUTH CRAM-MD5',
    (challenge) => base64(`${user} ${createHmac('md5', pass).update(Buffer.from(challenge, 'base64')).digest('hex')}`),
  ],
}

/**
 * Returns the server's last reply.
 * @param offered the mechanisms of its EHLO; PLAIN is tried where it names none that we know
 */
export async function signIn(
  ask: Ask,
  offered: readonly string[],
  { user, pass }: { user: string; pass: string },
): Promise<SignInReply> {
  const way = Object.keys(WAYS).find((name) => offered.includes(name)) ?? 'PLAIN'
  const [first, ...answers] = WAYS[way]?.(user, pass) ?? ['']
  let reply = await ask(first)
  for (const answer of answers) {
    if (reply.code !== 334) break
    reply = await ask(answer(reply.text.slice(4)))
  }
  return { ...reply, command: `AUTH ${way}` }
}
