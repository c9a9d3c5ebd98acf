/** Starts one SMTP server for the whole run; tests learn its port by `inject('smtpPort')`. Replaced by `mail` tests' own servers where they need faults. */
import { SMTPServer } from 'smtp-server'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    smtpPort: number
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the SMTP sink has no port')
  project.provide('smtpPort', address.port)
  return () => new Promise((resolve) => server.close(() => resolve()))
}
