/** Starts the SMTP servers for the whole run. Tests reach the control endpoint of `smtp-server.ts` through `sink.ts`. */
import type { TestProject } from 'vitest/node'
import { startSmtpServer } from './smtp-server'
import { type StandardSmtpPorts, startStandardSmtpServers } from './standard-smtp-server'

declare module 'vitest' {
  interface ProvidedContext {
    smtpPort: number
    smtpTlsPort: number
    /** http://127.0.0.1:… */
    smtpControl: string
    standardSmtp: StandardSmtpPorts
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startSmtpServer()
  project.provide('smtpPort', server.port)
  project.provide('smtpTlsPort', server.tlsPort)
  project.provide('smtpControl', server.controlUrl)
  const [ports, closeStandard] = await startStandardSmtpServers()
  project.provide('standardSmtp', ports)
  return async () => {
    closeStandard()
    await server.close()
  }
}
