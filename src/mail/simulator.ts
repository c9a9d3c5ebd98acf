import type { DeliveryEvent } from '../domain/delivery-event'
import type { Mailer } from './mailer'

export interface SimulatorDeps {
  now(): number
  /** Puts events of the connection `simulator` on the events queue. */
  emit(events: DeliveryEvent[]): Promise<void>
}

/** Collects the events of its sends until `flush()`, which hands them to `emit` in one call. */
export declare function simulatorMailer(deps: SimulatorDeps): Mailer
