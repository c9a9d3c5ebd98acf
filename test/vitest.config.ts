/** Everything that runs inside workerd: pages, API, jobs, commands and the domain, on real D1, R2 and queues. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// workerd trusts the test server's certificate. Miniflare reads this when it is loaded.
process.env.NODE_EXTRA_CA_CERTS = fileURLToPath(new URL('support/tls/ca.pem', import.meta.url).href)
const { cloudflareTest, readD1Migrations } = await import('@cloudflare/vitest-pool-workers')
const { unstable_readConfig } = await import('wrangler')

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // Two halves of the tests that run at once must not write the same cache.
  cacheDir: `.test/vite${process.argv.find((argument) => argument.startsWith('--shard'))?.replace(/\W+/g, '-') ?? ''}`,
  plugins: [
    cloudflareTest(async ({ inject }) => ({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        cf: false,
        queueConsumers: consumersWithoutWait(),
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations('./migrations'),
          ENVIRONMENT: 'local',
          APP_URL: 'http://facteur.test',
          MAIL_DOMAIN: 'mail.facteur.test',
          SIGN_UP: 'open',
          SMTP_HOST: '127.0.0.1',
          SMTP_PORT: String(inject('smtpPort')),
          SMTP_SECURITY: 'none',
          STRIPE_API_URL: inject('stripeUrl'),
          WEBHOOK_PRIVATE_TARGETS: 'true',
          DNS_RESOLVER: `${inject('dnsUrl')}/dns-query`,
          PROVIDER_URLS: providerUrls(`${inject('providerUrl')}/as/app`),
          SECRET_KEYS: 'test:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
          AUTH_SECRET: 'a secret for tests only, thirty-two characters long',
        },
      },
    })),
  ],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/bench/**'],
    setupFiles: ['test/support/clock.ts'],
    globalSetup: [
      'test/support/smtp-sink.ts',
      'test/support/stripe-server.ts',
      'test/support/provider-server.ts',
      'test/support/dns-server.ts',
      'test/support/webhook-receiver.ts',
    ],
    isolate: false,
    fileParallelism: false,
    // Request lines of the Worker's log would bury what failed.
    onConsoleLog: (log) => !log.startsWith('{"event":"request"') && !log.startsWith('{"event":"notice"'),
    // `test/support/thorough.ts`
    provide: { thorough: process.env.TEST_THOROUGH === '1' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    deps: {
      optimizer: {
        ssr: {
          enabled: true,
          include: [
            'better-auth/minimal',
            'better-auth/adapters/drizzle',
            'better-auth/plugins',
            'drizzle-orm',
            'drizzle-orm/d1',
            'drizzle-orm/sqlite-core',
            // All of hono in one piece: `instanceof HTTPException` and its private symbols need one copy.
            'hono',
            'hono/body-limit',
            'hono/cookie',
            'hono/dev',
            'hono/factory',
            'hono/html',
            'hono/http-exception',
            'hono/jsx',
            'hono/jsx/jsx-dev-runtime',
            'hono/jsx/jsx-runtime',
            'hono/route',
            '@better-auth/passkey',
            '@react-email/components',
            'react',
            'react/jsx-dev-runtime',
            'react-dom/server',
            'valibot',
            'postal-mime',
            'marked',
            'pdf-lib',
            'csv-parse/sync',
            'fflate',
            'liquidjs',
            'fast-check',
            'stripe',
          ],
          rolldownOptions: { external: [/^node:/, /^cloudflare:/] },
        },
      },
    },
  },
})

interface Consumer {
  queue: string
  max_batch_size?: number
  max_retries?: number
  retry_delay?: number
  dead_letter_queue?: string
}

/** Returns the consumers of wrangler.toml; none waits a second for its batch to fill. */
function consumersWithoutWait() {
  const consumers: Consumer[] = unstable_readConfig({ config: './wrangler.toml' }).queues.consumers ?? []
  return Object.fromEntries(
    consumers.map(({ queue, max_batch_size, max_retries, retry_delay, dead_letter_queue }) => [
      queue,
      {
        maxBatchTimeout: 0.02,
        ...(max_batch_size !== undefined && { maxBatchSize: max_batch_size }),
        ...(max_retries !== undefined && { maxRetries: max_retries }),
        ...(retry_delay !== undefined && { retryDelay: retry_delay }),
        ...(dead_letter_queue !== undefined && { deadLetterQueue: dead_letter_queue }),
      },
    ]),
  )
}

/** Lets every provider over HTTP be at one address. */
const providerUrls = (url: string) =>
  JSON.stringify(
    Object.fromEntries(['resend', 'postmark', 'sendgrid', 'mailgun', 'ses', 'brevo'].map((kind) => [kind, url])),
  )
