/**
 * Runs a mail server in a separate process: accepts every mail, counts distinct Message-IDs and notes when each address
 * got one. Started by `startSink` with an IPC channel.
 */
import { SMTPServer } from 'smtp-server'

const seen = new Set<string>()
/** Epoch ms, of the first mail to each address. */
const arrivals = new Map<string, number>()

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData(stream, { envelope }, callback) {
    let head = ''
    stream.on('data', (chunk: Buffer) => {
      if (head.length < 16_384) head += chunk.toString('latin1')
    })
    stream.on('end', () => {
      const id = /^Message-ID:\s*(<[^>]+>)/im.exec(head)?.[1]
      if (id) seen.add(id)
      for (const { address } of envelope.rcptTo) if (!arrivals.has(address)) arrivals.set(address, Date.now())
      callback()
    })
  },
})

server.listen(0, '127.0.0.1', () => {
  const address = server.server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('message', ({ address }: { address?: string }) =>
  process.send?.(address === undefined ? { count: seen.size } : { at: arrivals.get(address) ?? null }),
)
process.on('disconnect', () => process.exit(0))
