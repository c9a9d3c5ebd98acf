/** Starts one SMTP server for the whole run. Tests reach its control endpoint through `sink.ts`. */
import type { TestProject } from 'vitest/node'
import { startSmtpServer } from './smtp-server'

declare module 'vitest' {
  interface ProvidedContext {
    smtpPort: number
    smtpTlsPort: number
    /** http://127.0.0.1:… */
    smtpControl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startSmtpServer()
  project.provide('smtpPort', server.port)
  project.provide('smtpTlsPort', server.tlsPort)
  project.provide('smtpControl', server.controlUrl)
  return () => server.close()
}
