-- What waits for a person is found among everything that Stripe told.
CREATE INDEX `stripe_events_unmapped` ON `stripe_events` (`account_id`,`received_at`) WHERE state = 'unmapped';
