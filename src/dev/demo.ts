/** Requests the demo's account from the Worker (`src/dev/demo/`). */

import type { LocalConfig } from './local-config.ts'
import { UserError } from './user-error.ts'

export interface Demo {
  /** False if it existed already. */
  made: boolean
  name: string
  email: string
  company: string
  /** The text of its API key. */
  apiKey: string
}

export async function requestDemo(config: LocalConfig): Promise<Demo> {
  const response = await fetch(`http://127.0.0.1:${config.port}/dev/demo`, { method: 'POST' })
  if (!response.ok) throw new UserError(`The demo could not be made:\n${await response.text()}`)
  return (await response.json()) as Demo
}
