/** A mail server in a process of its own: takes every mail and counts distinct Message-IDs. Started by `startSink` with an IPC channel. */
import { SMTPServer } from 'smtp-server'

const seen = new Set<string>()

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData(stream, _session, callback) {
    let head = ''
    stream.on('data', (chunk: Buffer) => {
      if (head.length < 16_384) head += chunk.toString('latin1')
    })
    stream.on('end', () => {
      const id = /^Message-ID:\s*(<[^>]+>)/im.exec(head)?.[1]
      if (id) seen.add(id)
      callback()
    })
  },
})

server.listen(0, '127.0.0.1', () => {
  const address = server.server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('message', () => process.send?.({ count: seen.size }))
process.on('disconnect', () => process.exit(0))
