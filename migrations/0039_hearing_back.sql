-- Deliveries by the provider's id, where its events name none of ours (Cloudflare's). Goes with the delivery.
CREATE TABLE `provider_messages` (
	`connection` text NOT NULL,
	`message_id` text NOT NULL,
	`delivery_id` text NOT NULL,
	PRIMARY KEY(`connection`, `message_id`)
) WITHOUT ROWID;
--> statement-breakpoint
-- Until when an event that found no delivery is tried again; NULL: it found one, or stays without.
ALTER TABLE `provider_events` ADD COLUMN `match_until` integer;
--> statement-breakpoint
CREATE INDEX `provider_events_unmatched` ON `provider_events` (`match_until`) WHERE match_until IS NOT NULL;
