import type { Env } from '../env'

export async function handleTick(_controller: ScheduledController, _env: Env): Promise<void> {}
