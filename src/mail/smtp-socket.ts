/** Opens connections to mail servers. Tests replace it to interrupt a connection. */
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface Target {
  host: string
  port: number
  /** TLS from the first byte. The runtime resolves the name and checks the certificate against it. */
  secure: boolean
}

/** Opens a socket. Rejects if `signal` aborts first or the server can't be reached. */
export type Connect = (target: Target, signal: AbortSignal) => Promise<Socket>

export const connectSocket: Connect = ({ host, port, secure }, signal) =>
  new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      socket.destroy()
      reject(error)
    }
    const abort = () => fail(new Error('Connection timeout'))
    const open = () => {
      signal.removeEventListener('abort', abort)
      socket.off('error', fail)
      resolve(socket)
    }
    const socket: Socket = secure
      ? connectTls({ host, port, servername: host }, open)
      : connectPlain({ host, port }, open)
    socket.once('error', fail)
    signal.addEventListener('abort', abort)
  })
