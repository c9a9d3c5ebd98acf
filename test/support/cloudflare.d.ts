type FacteurEnv = import('../../src/env').Env

declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import('../../src')
  }
  interface Env extends FacteurEnv {
    TEST_MIGRATIONS: import('@cloudflare/vitest-pool-workers').D1Migration[]
  }
}
